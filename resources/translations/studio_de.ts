<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n chat was here already, in the trash.</source>
        <comment>%n chats were here already, in the trash.</comment>
        <translation>
            <numerusform>%n Chat war schon da, im Papierkorb.</numerusform>
            <numerusform>%n Chats waren schon da, im Papierkorb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat was here already.</source>
        <comment>%n chats were here already.</comment>
        <translation>
            <numerusform>%n Chat war schon da.</numerusform>
            <numerusform>%n Chats waren schon da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat was imported.</source>
        <comment>%n chats were imported.</comment>
        <translation>
            <numerusform>%n Chat wurde importiert.</numerusform>
            <numerusform>%n Chats wurden importiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry</source>
        <comment>%n entries</comment>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file cannot be used</source>
        <comment>%n files cannot be used</comment>
        <translation>
            <numerusform>%n Datei ist nicht nutzbar</numerusform>
            <numerusform>%n Dateien sind nicht nutzbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item</source>
        <comment>%n items</comment>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model · {size}</source>
        <comment>%n models · {size}</comment>
        <translation>
            <numerusform>%n Modell · {size}</numerusform>
            <numerusform>%n Modelle · {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of its chats is here already, or in the trash.</source>
        <comment>%n of its chats are here already, or in the trash.</comment>
        <translation>
            <numerusform>%n der Chats daraus ist schon hier oder im Papierkorb.</numerusform>
            <numerusform>%n der Chats daraus sind schon hier oder im Papierkorb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token</source>
        <comment>%n tokens</comment>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token, {reused} reused</source>
        <comment>%n tokens, {reused} reused</comment>
        <translation>
            <numerusform>%n Token, {reused} wiederverwendet</numerusform>
            <numerusform>%n Token, {reused} wiederverwendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word</source>
        <comment>%n words</comment>
        <translation>
            <numerusform>%n Wort</numerusform>
            <numerusform>%n Wörtern</numerusform>
        </translation>
    </message>
    <message>
        <source>(Copy gives all {letters} letters.)</source>
        <translation>(Kopieren liefert alle {letters} Zeichen.)</translation>
    </message>
    <message>
        <source>0 squeezes all positions together, 1 leaves them as they are, for YaRN.</source>
        <translation>0 staucht alle Positionen, 1 lässt sie, wie sie sind, für YaRN.</translation>
    </message>
    <message>
        <source>0.5 doubles how far the positions reach.</source>
        <translation>0,5 verdoppelt, wie weit die Positionen reichen.</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>16 bit, wide range</source>
        <translation>16 Bit, weiter Bereich</translation>
    </message>
    <message>
        <source>20 to 50 %</source>
        <translation>20 bis 50 %</translation>
    </message>
    <message>
        <source>32 bit</source>
        <translation>32 Bit</translation>
    </message>
    <message>
        <source>4 bit</source>
        <translation>4 Bit</translation>
    </message>
    <message>
        <source>50 to 90 %</source>
        <translation>50 bis 90 %</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>90 % or more</source>
        <translation>90 % oder mehr</translation>
    </message>
    <message>
        <source>A GBNF grammar says letter by letter what a reply may be; it begins with “root”.</source>
        <translation>Eine GBNF-Grammatik sagt Zeichen für Zeichen, was eine Antwort sein darf; sie beginnt mit „root“.</translation>
    </message>
    <message>
        <source>A JSON schema lists the names and the kinds of values of a reply.</source>
        <translation>Ein JSON-Schema nennt die Namen und die Arten der Werte einer Antwort.</translation>
    </message>
    <message>
        <source>A base model</source>
        <translation>Ein Basismodell</translation>
    </message>
    <message>
        <source>A base model goes on with a text and cannot be asked for a summary.</source>
        <translation>Ein Basismodell setzt einen Text fort und kann nicht um eine Zusammenfassung gebeten werden.</translation>
    </message>
    <message>
        <source>A change is felt at the next start.</source>
        <translation>Eine Änderung wirkt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>A collection needs a name.</source>
        <translation>Eine Sammlung braucht einen Namen.</translation>
    </message>
    <message>
        <source>A contact</source>
        <translation>Ein Kontakt</translation>
    </message>
    <message>
        <source>A conversation kept at the precision {cache_type} needs the faster attention, which is switched off for this model.</source>
        <translation>Eine Unterhaltung mit der Genauigkeit {cache_type} braucht die schnellere Attention, und die ist für dieses Modell ausgeschaltet.</translation>
    </message>
    <message>
        <source>A date</source>
        <translation>Ein Datum</translation>
    </message>
    <message>
        <source>A draft of an answer</source>
        <translation>Der Entwurf einer Antwort</translation>
    </message>
    <message>
        <source>A file for each chat.</source>
        <translation>Eine Datei für jeden Chat.</translation>
    </message>
    <message>
        <source>A file is still being read.</source>
        <translation>Eine Datei wird noch gelesen.</translation>
    </message>
    <message>
        <source>A file of the embedding model {name} is missing: {missing}</source>
        <translation>Eine Datei des Einbettungsmodells {name} fehlt: {missing}</translation>
    </message>
    <message>
        <source>A folder is there while a chat is in it.</source>
        <translation>Ein Ordner besteht, solange ein Chat darin ist.</translation>
    </message>
    <message>
        <source>A link to {name} could not be made.</source>
        <translation>Ein Verweis auf {name} konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>A link, in the trash since {when}</source>
        <translation>Ein Verweis, im Papierkorb seit {when}</translation>
    </message>
    <message>
        <source>A list of items</source>
        <translation>Eine Liste von Dingen</translation>
    </message>
    <message>
        <source>A list of points</source>
        <translation>Eine Liste von Punkten</translation>
    </message>
    <message>
        <source>A message takes {most} files, and this would be the {count:,}th.</source>
        <translation>Eine Nachricht fasst {most} Dateien, und dies wäre die {count:,}.</translation>
    </message>
    <message>
        <source>A model comes first</source>
        <translation>Zuerst kommt ein Modell</translation>
    </message>
    <message>
        <source>A model comes first: open Models (Ctrl+4).</source>
        <translation>Zuerst braucht es ein Modell: Modelle öffnen (Strg+4).</translation>
    </message>
    <message>
        <source>A model is one file that does the thinking, here and without a network. There is none yet. Get the small starter model, or drop any GGUF file on this window.</source>
        <translation>Ein Modell ist eine Datei, die das Denken übernimmt, hier und ohne Netz. Noch ist keine da. Das kleine Startmodell holen oder irgendeine GGUF-Datei auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>A model is said to fit only when this much memory stays free.</source>
        <translation>Ein Modell gilt nur dann als passend, wenn so viel Arbeitsspeicher frei bleibt.</translation>
    </message>
    <message>
        <source>A model&apos;s file is not attached to a message.</source>
        <translation>Eine Modelldatei wird keiner Nachricht angehängt.</translation>
    </message>
    <message>
        <source>A name may have at most {most} characters; this one has {count}.</source>
        <translation>Ein Name darf höchstens {most} Zeichen haben; dieser hat {count}.</translation>
    </message>
    <message>
        <source>A new reply</source>
        <translation>Eine neue Antwort</translation>
    </message>
    <message>
        <source>A page for any browser that loads nothing else.</source>
        <translation>Eine Seite für jeden Browser, die nichts anderes lädt.</translation>
    </message>
    <message>
        <source>A pattern may have at most {most:,} characters.</source>
        <translation>Ein Muster darf höchstens {most:,} Zeichen haben.</translation>
    </message>
    <message>
        <source>A pattern repeats something that may be empty. Leave out one of the two.</source>
        <translation>Ein Muster wiederholt etwas, das leer sein darf. Eines von beiden weglassen.</translation>
    </message>
    <message>
        <source>A pattern repeats too much inside of repetitions.</source>
        <translation>Ein Muster wiederholt in Wiederholungen zu viel.</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>Eine Frage</translation>
    </message>
    <message>
        <source>A range must go from a lower to a higher character.</source>
        <translation>Ein Bereich muss von einem niedrigeren zu einem höheren Zeichen gehen.</translation>
    </message>
    <message>
        <source>A repetition is written as {one}, {two} or {three}.</source>
        <translation>Eine Wiederholung wird als {one}, {two} oder {three} geschrieben.</translation>
    </message>
    <message>
        <source>A reply could never end: what stands here always needs itself again.</source>
        <translation>Eine Antwort könnte nie enden: Was hier steht, braucht immer wieder sich selbst.</translation>
    </message>
    <message>
        <source>A reply could never end: “{needed}” always needs itself again. Give it a way out, such as | &quot;&quot;.</source>
        <translation>Eine Antwort könnte nie enden: „{needed}“ braucht immer wieder sich selbst. Einen Ausweg angeben, etwa | &quot;&quot;.</translation>
    </message>
    <message>
        <source>A reply ends before these words</source>
        <translation>Eine Antwort endet vor diesen Wörtern</translation>
    </message>
    <message>
        <source>A reply is being written</source>
        <translation>Eine Antwort wird geschrieben</translation>
    </message>
    <message>
        <source>A reply is being written in another chat. Wait for it, or stop it first.</source>
        <translation>In einem anderen Chat wird eine Antwort geschrieben. Sie abwarten oder zuerst anhalten.</translation>
    </message>
    <message>
        <source>A reply is being written in this chat.</source>
        <translation>In diesem Chat wird gerade eine Antwort geschrieben.</translation>
    </message>
    <message>
        <source>A reply is being written.</source>
        <translation>Eine Antwort wird gerade geschrieben.</translation>
    </message>
    <message>
        <source>A reply is being written. Wait for it to finish, or stop it first.</source>
        <translation>Eine Antwort wird geschrieben. Warten Sie, bis sie fertig ist, oder halten Sie sie zuerst an.</translation>
    </message>
    <message>
        <source>A reply is not saved. {reason}</source>
        <translation>Eine Antwort ist nicht gespeichert. {reason}</translation>
    </message>
    <message>
        <source>A rule begins with its name: letters, digits and hyphens.</source>
        <translation>Eine Regel beginnt mit ihrem Namen: Buchstaben, Ziffern und Bindestriche.</translation>
    </message>
    <message>
        <source>A schema is a JSON object: it begins with {opening} and ends with {closing}.</source>
        <translation>Ein Schema ist ein JSON-Objekt: Es beginnt mit {opening} und endet mit {closing}.</translation>
    </message>
    <message>
        <source>A summary has up to {most:,} characters, and this one has {count:,}.</source>
        <translation>Eine Zusammenfassung hat höchstens {most:,} Zeichen, und diese hat {count:,}.</translation>
    </message>
    <message>
        <source>A table, and what speaks for each</source>
        <translation>Eine Tabelle, und was für jedes spricht</translation>
    </message>
    <message>
        <source>A text has {tokens} tokens, but the embedding model sees only {window} at once.</source>
        <translation>Ein Text hat {tokens} Token, aber das Einbettungsmodell sieht nur {window} auf einmal.</translation>
    </message>
    <message>
        <source>A token is written as &lt;name&gt; or &lt;[number]&gt;.</source>
        <translation>Ein Token wird als &lt;name&gt; oder &lt;[number]&gt; geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>About %n token so far</source>
        <comment>About %n tokens so far</comment>
        <translation>
            <numerusform>Bisher etwa %n Token</numerusform>
            <numerusform>Bisher etwa %n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>About Local AI Studio</source>
        <translation>Über Local AI Studio</translation>
    </message>
    <message>
        <source>About the model</source>
        <translation>Über das Modell</translation>
    </message>
    <message>
        <source>About {used} of {limit} tokens</source>
        <translation>Etwa {used} von {limit} Token</translation>
    </message>
    <message>
        <source>Above 1, words just used become less likely</source>
        <translation>Über 1 werden gerade benutzte Wörter unwahrscheinlicher</translation>
    </message>
    <message>
        <source>Above 1, words just used become less likely.</source>
        <translation>Über 1 werden gerade benutzte Wörter unwahrscheinlicher.</translation>
    </message>
    <message>
        <source>Add a GGUF file (Ctrl+O)</source>
        <translation>Eine GGUF-Datei hinzufügen (Strg+O)</translation>
    </message>
    <message>
        <source>Add a file</source>
        <translation>Datei hinzufügen</translation>
    </message>
    <message>
        <source>Add example</source>
        <translation>Beispiel hinzufügen</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add it again from where you have it.</source>
        <translation>Es neu hinzufügen, von da, wo es liegt.</translation>
    </message>
    <message>
        <source>Add it first.</source>
        <translation>Es zuerst hinzufügen.</translation>
    </message>
    <message>
        <source>Add it in Models.</source>
        <translation>Unter Modelle hinzufügen.</translation>
    </message>
    <message>
        <source>Add it in the Models room, and write the reply again.</source>
        <translation>Die Datei im Bereich Modelle hinzufügen und die Antwort noch einmal schreiben.</translation>
    </message>
    <message>
        <source>Add model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add models</source>
        <translation>Modelle hinzufügen</translation>
    </message>
    <message>
        <source>Add model…</source>
        <translation>Modell hinzufügen…</translation>
    </message>
    <message>
        <source>Add one in Models; it then shows here.</source>
        <translation>Unter „Modelle“ eines hinzufügen; dann erscheint es hier.</translation>
    </message>
    <message>
        <source>Add the first part, {first}, with all parts beside it.</source>
        <translation>Den ersten Teil, {first}, hinzufügen, mit allen anderen Teilen daneben.</translation>
    </message>
    <message>
        <source>Add the model again from where you have it.</source>
        <translation>Das Modell neu hinzufügen, von da, wo es liegt.</translation>
    </message>
    <message>
        <source>Add the model as a copy instead.</source>
        <translation>Das Modell stattdessen als Kopie hinzufügen.</translation>
    </message>
    <message numerus="yes">
        <source>Adding %n model</source>
        <comment>Adding %n models</comment>
        <translation>
            <numerusform>%n Modell wird hinzugefügt</numerusform>
            <numerusform>%n Modelle werden hinzugefügt</numerusform>
        </translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>{name} wird hinzugefügt</translation>
    </message>
    <message>
        <source>Adding {name} was cancelled.</source>
        <translation>Das Hinzufügen von {name} wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>After its first reply, the model gives a new chat a title; yours always stay.</source>
        <translation>Nach der ersten Antwort gibt das Modell einem neuen Chat einen Titel; Ihre eigenen bleiben immer.</translation>
    </message>
    <message>
        <source>After so many tokens it is made to answer; with 0 it answers at once.</source>
        <translation>Nach so vielen Token muss es antworten; bei 0 antwortet es sofort.</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>Alle Chats</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>All files (*);;Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</source>
        <translation>Alle Dateien (*);;Bilder (*.png *.jpg *.jpeg *.webp *.gif *.bmp)</translation>
    </message>
    <message>
        <source>All versions of messages, with files and draft; it can be imported again.</source>
        <translation>Alle Fassungen der Nachrichten, mit Dateien und Entwurf; es lässt sich wieder importieren.</translation>
    </message>
    <message>
        <source>All {count} give the same answer: {answer}</source>
        <translation>Alle {count} kommen zum selben Ergebnis: {answer}</translation>
    </message>
    <message>
        <source>Allow writing there, or choose another folder with --home.</source>
        <translation>Dort das Schreiben erlauben oder mit --home einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Allow writing there.</source>
        <translation>Das Schreiben dort erlauben.</translation>
    </message>
    <message>
        <source>Alternatives kept</source>
        <translation>Behaltene Alternativen</translation>
    </message>
    <message>
        <source>An attached file is no longer there.</source>
        <translation>Eine angehängte Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>An attached file was deleted while it was read.</source>
        <translation>Eine angehängte Datei wurde gelöscht, während sie gelesen wurde.</translation>
    </message>
    <message>
        <source>An item stands in the list twice.</source>
        <translation>Ein Element steht zweimal in der Liste.</translation>
    </message>
    <message>
        <source>And {count:,} more.</source>
        <translation>Und {count:,} weitere.</translation>
    </message>
    <message>
        <source>Another program is writing a reply in this chat, such as the window or a command in a terminal.</source>
        <translation>Ein anderes Programm schreibt gerade eine Antwort in diesem Chat, etwa das Fenster oder ein Befehl in einem Terminal.</translation>
    </message>
    <message>
        <source>Another program is writing this reply</source>
        <translation>Ein anderes Programm schreibt diese Antwort</translation>
    </message>
    <message>
        <source>Another version of the engine or another processor rounds differently.</source>
        <translation>Eine andere Version des Rechenkerns oder ein anderer Prozessor rundet anders.</translation>
    </message>
    <message>
        <source>Another window or terminal is writing to your data for an unusually long time.</source>
        <translation>Ein anderes Fenster oder Terminal schreibt ungewöhnlich lange in die Daten.</translation>
    </message>
    <message>
        <source>Answer of example {number}</source>
        <translation>Antwort von Beispiel {number}</translation>
    </message>
    <message>
        <source>Answers when none is chosen for the conversation itself.</source>
        <translation>Antwortet, wenn für die Unterhaltung selbst keines gewählt ist.</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Apache License 2.0. Icons: Lucide, ISC licence. Window: Qt for Python, LGPL.</source>
        <translation>Apache-Lizenz 2.0. Symbole: Lucide, ISC-Lizenz. Fenster: Qt for Python, LGPL.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Archive</source>
        <comment>an act</comment>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message numerus="yes">
        <source>Archived 1 chat.</source>
        <comment>Archived %n chats.</comment>
        <translation>
            <numerusform>1 Chat archiviert.</numerusform>
            <numerusform>%n Chats archiviert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Archived chats</source>
        <translation>Archivierte Chats</translation>
    </message>
    <message>
        <source>Archived “{title}”.</source>
        <translation>„{title}“ archiviert.</translation>
    </message>
    <message>
        <source>As in Settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>As in Settings: {way}</source>
        <translation>Wie in den Einstellungen: {way}</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>Wie in der Datei</translation>
    </message>
    <message>
        <source>As long as it likes</source>
        <translation>So lange es will</translation>
    </message>
    <message>
        <source>As long as there is room</source>
        <translation>So lange Platz ist</translation>
    </message>
    <message>
        <source>As much as it can</source>
        <translation>So viel es kann</translation>
    </message>
    <message>
        <source>As the file states it</source>
        <translation>Wie die Datei sie angibt</translation>
    </message>
    <message>
        <source>As the model likes</source>
        <translation>Wie das Modell will</translation>
    </message>
    <message>
        <source>As the preset says</source>
        <translation>Wie in der Vorlage</translation>
    </message>
    <message>
        <source>As the preset says: {kind}</source>
        <translation>Wie in der Vorlage: {kind}</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>Noch einmal fragen.</translation>
    </message>
    <message>
        <source>Ask before opening links</source>
        <translation>Vor dem Öffnen von Links fragen</translation>
    </message>
    <message>
        <source>Ask for a new one.</source>
        <translation>Um eine neue bitten.</translation>
    </message>
    <message>
        <source>Ask for another reply instead; that of a reply which was imported or edited is not kept.</source>
        <translation>Stattdessen um eine andere Antwort bitten; bei einer importierten oder bearbeiteten Antwort wird das nicht bewahrt.</translation>
    </message>
    <message>
        <source>Ask for it again after the reply.</source>
        <translation>Nach der Antwort noch einmal darum bitten.</translation>
    </message>
    <message>
        <source>Ask for {least} to {most}.</source>
        <translation>Möglich sind {least} bis {most}.</translation>
    </message>
    <message>
        <source>Ask questions of your own papers, and get answers in which every claim opens at the page it comes from.</source>
        <translation>Den eigenen Unterlagen Fragen stellen und Antworten bekommen, in denen jede Aussage die Seite öffnet, von der sie stammt.</translation>
    </message>
    <message>
        <source>Asking the model</source>
        <translation>Das Modell wird gefragt</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message numerus="yes">
        <source>At %n token</source>
        <comment>At %n tokens</comment>
        <translation>
            <numerusform>Auf %n Token</numerusform>
            <numerusform>Auf %n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>At everything</source>
        <translation>Auf alles</translation>
    </message>
    <message>
        <source>At least {least} and at most {most} times is impossible.</source>
        <translation>Mindestens {least} und höchstens {most} Mal ist unmöglich.</translation>
    </message>
    <message>
        <source>At the temperature 0 all replies would be the same, so they are written at {temperature}.</source>
        <translation>Bei der Temperatur 0 wären alle Antworten gleich, daher werden sie mit {temperature} geschrieben.</translation>
    </message>
    <message>
        <source>At {place}: {problem}</source>
        <translation>Bei {place}: {problem}</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Datei anhängen</translation>
    </message>
    <message>
        <source>Attach a file with a content.</source>
        <translation>Eine Datei mit Inhalt anhängen.</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Datei anhängen…</translation>
    </message>
    <message>
        <source>Attach another file.</source>
        <translation>Eine andere Datei anhängen.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Attach it again to a new message.</source>
        <translation>Sie an eine neue Nachricht noch einmal anhängen.</translation>
    </message>
    <message>
        <source>Attach plain text (such as .txt, .md, .csv or source code), or a PNG, JPEG, WebP, GIF or BMP picture; of a PDF or an office file, copy the text that matters.</source>
        <translation>Reinen Text anhängen (wie .txt, .md, .csv oder Quelltext) oder ein Bild als PNG, JPEG, WebP, GIF oder BMP; aus einer PDF- oder Office-Datei den Text kopieren, auf den es ankommt.</translation>
    </message>
    <message>
        <source>Attach the files in it one by one.</source>
        <translation>Die Dateien darin einzeln anhängen.</translation>
    </message>
    <message>
        <source>Attach the part of it that matters.</source>
        <translation>Den Teil anhängen, auf den es ankommt.</translation>
    </message>
    <message>
        <source>Attached</source>
        <translation>Angehängt</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>Angehängte Dateien</translation>
    </message>
    <message>
        <source>Attached files were not read: {names}</source>
        <translation>Angehängte Dateien wurden nicht gelesen: {names}</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Back to the settings as they were saved</source>
        <translation>Zurück zu den gespeicherten Einstellungen</translation>
    </message>
    <message>
        <source>Balanced answers to everyday questions.</source>
        <translation>Ausgewogene Antworten auf alltägliche Fragen.</translation>
    </message>
    <message>
        <source>Batch size, n_batch</source>
        <translation>Batchgröße, n_batch</translation>
    </message>
    <message>
        <source>Begin a new line</source>
        <translation>Neue Zeile beginnen</translation>
    </message>
    <message>
        <source>Begin a new one.</source>
        <translation>Einen neuen beginnen.</translation>
    </message>
    <message>
        <source>Begin it again at any time.</source>
        <translation>Er lässt sich jederzeit neu beginnen.</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>Beginnen mit</translation>
    </message>
    <message>
        <source>Better: {name}. The vote can be changed.</source>
        <translation>Besser: {name}. Die Stimme lässt sich ändern.</translation>
    </message>
    <message>
        <source>Both are bad</source>
        <translation>Beide sind schlecht</translation>
    </message>
    <message>
        <source>Both are bad. The vote can be changed.</source>
        <translation>Beide sind schlecht. Die Stimme lässt sich ändern.</translation>
    </message>
    <message>
        <source>Both are good</source>
        <translation>Beide sind gut</translation>
    </message>
    <message>
        <source>Both are good. The vote can be changed.</source>
        <translation>Beide sind gut. Die Stimme lässt sich ändern.</translation>
    </message>
    <message>
        <source>Both bad</source>
        <translation>Beide schlecht</translation>
    </message>
    <message>
        <source>Both good</source>
        <translation>Beide gut</translation>
    </message>
    <message>
        <source>Both replies will stand here side by side, with the speed of each. Then say which is better.</source>
        <translation>Beide Antworten stehen dann hier nebeneinander, jede mit ihrem Tempo. Danach ist zu sagen, welche besser ist.</translation>
    </message>
    <message>
        <source>Both sides are the same: {name}.</source>
        <translation>Beide Seiten sind gleich: {name}.</translation>
    </message>
    <message>
        <source>Brainstorm</source>
        <translation>Ideensammlung</translation>
    </message>
    <message>
        <source>Brakes look back</source>
        <translation>Rückblick der Bremsen</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Bring back “{name}”</source>
        <translation>„{name}“ zurückholen</translation>
    </message>
    <message>
        <source>Bring it back, or choose another embedding model for the collection.</source>
        <translation>Es zurückholen oder ein anderes Einbettungsmodell für die Sammlung wählen.</translation>
    </message>
    <message>
        <source>Bring that back first.</source>
        <translation>Zuerst das zurückholen.</translation>
    </message>
    <message>
        <source>Bring the file back, or choose another model.</source>
        <translation>Die Datei zurückholen oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>Bring the file back, or remove it from the collection.</source>
        <translation>Die Datei zurückholen oder aus der Sammlung entfernen.</translation>
    </message>
    <message>
        <source>Bring the file back, or remove the picture.</source>
        <translation>Die Datei zurückholen oder das Bild entfernen.</translation>
    </message>
    <message numerus="yes">
        <source>Brought back 1 chat.</source>
        <comment>Brought back %n chats.</comment>
        <translation>
            <numerusform>1 Chat zurückgeholt.</numerusform>
            <numerusform>%n Chats zurückgeholt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Brought back “{title}”.</source>
        <translation>„{title}“ zurückgeholt.</translation>
    </message>
    <message>
        <source>Built as</source>
        <translation>Bauart</translation>
    </message>
    <message>
        <source>Came with the program</source>
        <translation>Mit dem Programm gekommen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>Nicht nutzbar</translation>
    </message>
    <message>
        <source>Change its settings on the Models page, or load it anyway.</source>
        <translation>Seine Einstellungen unter Modelle ändern oder es trotzdem laden.</translation>
    </message>
    <message>
        <source>Change the permissions of the file, and try again.</source>
        <translation>Die Zugriffsrechte der Datei ändern und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>Von Ihnen geändert</translation>
    </message>
    <message>
        <source>Changed from the default</source>
        <translation>Vom Standardwert geändert</translation>
    </message>
    <message>
        <source>Changed outside the program</source>
        <translation>Außerhalb des Programms geändert</translation>
    </message>
    <message>
        <source>Changes how another model writes</source>
        <translation>Ändert, wie ein anderes Modell schreibt</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Chat at its best, slowly</source>
        <translation>Chat in bester Güte, langsam</translation>
    </message>
    <message>
        <source>Chat for everyday questions</source>
        <translation>Chat für alltägliche Fragen</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chatvorlage</translation>
    </message>
    <message>
        <source>Chat with more careful answers</source>
        <translation>Chat mit sorgfältigeren Antworten</translation>
    </message>
    <message>
        <source>Chat, documents and pictures on your own machine. Nothing you write or open leaves it; the program connects to the network only when you press a download button.</source>
        <translation>Chat, Dokumente und Bilder auf dem eigenen Rechner. Nichts, was Sie schreiben oder öffnen, verlässt ihn; das Programm verbindet sich nur mit dem Netz, wenn Sie auf eine Schaltfläche zum Herunterladen drücken.</translation>
    </message>
    <message>
        <source>Chat, small and very quick</source>
        <translation>Chat, klein und sehr schnell</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Check its name, or connect the drive that it is on.</source>
        <translation>Den Namen prüfen oder den zugehörigen Datenträger anschließen.</translation>
    </message>
    <message>
        <source>Check or remove it: {path}</source>
        <translation>Prüfen oder entfernen: {path}</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read it.</source>
        <translation>Nachsehen, ob sie noch da ist und gelesen werden darf.</translation>
    </message>
    <message>
        <source>Check that the disk is connected and healthy, then start the program again.</source>
        <translation>Prüfen, ob der Datenträger angeschlossen und in Ordnung ist, dann das Programm neu starten.</translation>
    </message>
    <message>
        <source>Check that the disk is connected and healthy.</source>
        <translation>Prüfen, ob der Datenträger verbunden und in Ordnung ist.</translation>
    </message>
    <message>
        <source>Check that the file is still there and that you may read it.</source>
        <translation>Nachsehen, ob die Datei noch da ist und gelesen werden darf.</translation>
    </message>
    <message>
        <source>Check that the ids in qrels.tsv are those of queries.jsonl and corpus.jsonl.</source>
        <translation>Prüfen, ob die Kennungen in qrels.tsv die aus queries.jsonl und corpus.jsonl sind.</translation>
    </message>
    <message>
        <source>Check that you may read it, then add it again.</source>
        <translation>Prüfen, ob das Lesen erlaubt ist, dann noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>Prüfen, ob sie gelesen werden darf.</translation>
    </message>
    <message>
        <source>Check that you may read the file and that its disk is connected.</source>
        <translation>Prüfen, ob die Datei gelesen werden darf und ihr Datenträger angeschlossen ist.</translation>
    </message>
    <message>
        <source>Check the connection and try again, or add a GGUF model that you have.</source>
        <translation>Die Verbindung prüfen und noch einmal versuchen, oder ein vorhandenes GGUF-Modell hinzufügen.</translation>
    </message>
    <message>
        <source>Check the disk and the data folder, and try again.</source>
        <translation>Den Datenträger und den Datenordner prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check the disk or the connection to it, and try again.</source>
        <translation>Den Datenträger oder die Verbindung dorthin prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check the path, and try again.</source>
        <translation>Den Pfad prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Prüft …</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Choose a chat model for a conversation.</source>
        <translation>Für eine Unterhaltung ein Chatmodell wählen.</translation>
    </message>
    <message>
        <source>Choose a file or a folder.</source>
        <translation>Eine Datei oder einen Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose a file that was exported here, or one that ChatGPT has exported.</source>
        <translation>Eine Datei wählen, die hier oder von ChatGPT exportiert wurde.</translation>
    </message>
    <message>
        <source>Choose a file that was exported with: studio presets export.</source>
        <translation>Eine Datei wählen, die hiermit exportiert wurde: studio presets export.</translation>
    </message>
    <message>
        <source>Choose a folder with documents of your own.</source>
        <translation>Einen Ordner mit eigenen Dokumenten wählen.</translation>
    </message>
    <message>
        <source>Choose a longer conversation length for the model.</source>
        <translation>Eine größere Länge der Unterhaltung für das Modell wählen.</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell auswählen</translation>
    </message>
    <message>
        <source>Choose a model and send again.</source>
        <translation>Ein Modell wählen und noch einmal senden.</translation>
    </message>
    <message>
        <source>Choose a model for this chat, or another one in the preset.</source>
        <translation>Für diesen Chat ein Modell wählen oder in der Vorlage ein anderes.</translation>
    </message>
    <message>
        <source>Choose a model that chats.</source>
        <translation>Ein Modell wählen, das chattet.</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>Vorlage auswählen</translation>
    </message>
    <message>
        <source>Choose a shorter conversation length, or a smaller version of the model.</source>
        <translation>Eine kürzere Länge der Unterhaltung oder eine kleinere Fassung des Modells wählen.</translation>
    </message>
    <message>
        <source>Choose a shorter one.</source>
        <translation>Einen kürzeren wählen.</translation>
    </message>
    <message>
        <source>Choose an embedding model that works without code of its own.</source>
        <translation>Ein Einbettungsmodell wählen, das ohne eigenen Code auskommt.</translation>
    </message>
    <message>
        <source>Choose an embedding model: a sentence-transformers folder or an embedding GGUF.</source>
        <translation>Ein Einbettungsmodell wählen: einen sentence-transformers-Ordner oder eine GGUF-Datei zum Einbetten.</translation>
    </message>
    <message>
        <source>Choose another embedding model for this collection.</source>
        <translation>Für diese Sammlung ein anderes Einbettungsmodell wählen.</translation>
    </message>
    <message>
        <source>Choose another file, or export again.</source>
        <translation>Eine andere Datei wählen oder noch einmal exportieren.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Choose another folder with --home, or allow writing there.</source>
        <translation>Mit --home einen anderen Ordner wählen oder dort das Schreiben erlauben.</translation>
    </message>
    <message>
        <source>Choose another model below the message.</source>
        <translation>Unter der Nachricht ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>Choose another model or another preset on one side.</source>
        <translation>Auf einer Seite ein anderes Modell oder eine andere Vorlage auswählen.</translation>
    </message>
    <message>
        <source>Choose another model, or remove the picture.</source>
        <translation>Ein anderes Modell wählen oder das Bild entfernen.</translation>
    </message>
    <message>
        <source>Choose another model, or wait for an update of the engine.</source>
        <translation>Ein anderes Modell wählen oder auf eine neuere Version des Programms warten.</translation>
    </message>
    <message>
        <source>Choose another name, or add to that one.</source>
        <translation>Einen anderen Namen wählen oder zu dieser Sammlung hinzufügen.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose another one, or begin a new one.</source>
        <translation>Eine andere wählen oder eine neue beginnen.</translation>
    </message>
    <message>
        <source>Choose another one, or bring it back from the trash.</source>
        <translation>Eine andere wählen oder sie aus dem Papierkorb zurückholen.</translation>
    </message>
    <message>
        <source>Choose another way for this chat with the ring beside Send, and try again. Or begin a new chat, use “New chat from here” on an earlier message, or choose a longer conversation length for the model.</source>
        <translation>Mit dem Ring neben Senden für diesen Chat einen anderen Weg wählen und noch einmal versuchen. Oder einen neuen Chat beginnen, bei einer früheren Nachricht „Neuer Chat von hier“ wählen oder für das Modell eine größere Länge der Unterhaltung wählen.</translation>
    </message>
    <message>
        <source>Choose conversations.json from ChatGPT&apos;s export, or the zip file it came in.</source>
        <translation>conversations.json aus dem Export von ChatGPT wählen oder die ZIP-Datei, in der sie kam.</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>Eine von diesen wählen: {names}.</translation>
    </message>
    <message>
        <source>Choose one of: {votes}.</source>
        <translation>Möglich sind: {votes}.</translation>
    </message>
    <message>
        <source>Choose one with a projector, or remove the picture.</source>
        <translation>Eines mit Projektor wählen oder das Bild entfernen.</translation>
    </message>
    <message>
        <source>Choose the .gguf file in it.</source>
        <translation>Die .gguf-Datei darin wählen.</translation>
    </message>
    <message>
        <source>Choose the files in it instead.</source>
        <translation>Stattdessen die Dateien darin wählen.</translation>
    </message>
    <message>
        <source>Choose the zip file that ChatGPT has sent, with conversations.json in it.</source>
        <translation>Die ZIP-Datei wählen, die ChatGPT geschickt hat, mit conversations.json darin.</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>Speicherort wählen…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <comment>a part of a tree</comment>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>Close Local AI Studio everywhere, then start it again.</source>
        <translation>Local AI Studio überall schließen, dann neu starten.</translation>
    </message>
    <message>
        <source>Close and forget</source>
        <translation>Schließen und vergessen</translation>
    </message>
    <message>
        <source>Close and lose a reply?</source>
        <translation>Schließen und eine Antwort verlieren?</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>Close it in other programs, or save it in another folder.</source>
        <translation>Sie in anderen Programmen schließen oder in einem anderen Ordner speichern.</translation>
    </message>
    <message>
        <source>Close other programs, and try again.</source>
        <translation>Andere Programme schließen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller version of the model, or remove the picture.</source>
        <translation>Andere Programme schließen, eine kleinere Fassung des Modells wählen oder das Bild entfernen.</translation>
    </message>
    <message>
        <source>Close other programs, put fewer layers on the graphics card, or choose a smaller version of the model.</source>
        <translation>Andere Programme schließen, weniger Schichten auf die Grafikkarte legen oder eine kleinere Fassung des Modells wählen.</translation>
    </message>
    <message>
        <source>Close other windows and terminals of Local AI Studio.</source>
        <translation>Andere Fenster und Terminals von Local AI Studio schließen.</translation>
    </message>
    <message>
        <source>Close the program and start it again: it then restores the newest good backup.</source>
        <translation>Das Programm schließen und neu starten: Es stellt dann die neueste gute Sicherung wieder her.</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Closest to the others</source>
        <translation>Den anderen am nächsten</translation>
    </message>
    <message>
        <source>Closing the window hides it; the icon in the tray opens it again.</source>
        <translation>Das Schließen verbirgt das Fenster; das Symbol im Infobereich öffnet es wieder.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Code font</source>
        <translation>Codeschrift</translation>
    </message>
    <message>
        <source>Colour scheme</source>
        <translation>Hell- und Dunkelmodus</translation>
    </message>
    <message>
        <source>Colours. {levels}</source>
        <translation>Farben. {levels}</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>Befehlspalette…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare two models or presets</source>
        <translation>Zwei Modelle oder Vorlagen vergleichen</translation>
    </message>
    <message>
        <source>Compare two things</source>
        <translation>Zwei Dinge vergleichen</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation>Vergleiche</translation>
    </message>
    <message>
        <source>Completes text, does not chat</source>
        <translation>Setzt Text fort, chattet nicht</translation>
    </message>
    <message>
        <source>Context it was trained with</source>
        <translation>Kontext, mit dem es trainiert wurde</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>Kontextlänge</translation>
    </message>
    <message>
        <source>Context length, n_ctx</source>
        <translation>Kontextlänge, n_ctx</translation>
    </message>
    <message>
        <source>Context of the model</source>
        <translation>Kontext des Modells</translation>
    </message>
    <message>
        <source>Context used</source>
        <translation>Genutzter Kontext</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Conversation length</source>
        <translation>Länge der Unterhaltung</translation>
    </message>
    <message>
        <source>Conversations: {conversations:,}, messages: {messages:,}.</source>
        <translation>Unterhaltungen: {conversations:,}, Nachrichten: {messages:,}.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Copy</source>
        <comment>a text</comment>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy its path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy some text first, then paste it here.</source>
        <translation>Zuerst Text kopieren, dann hier einfügen.</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Copy the reply</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy the {language} code</source>
        <translation>Code in {language} kopieren</translation>
    </message>
    <message>
        <source>Copy this part as JSON</source>
        <translation>Diesen Teil als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy your message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Copy, download or export it again.</source>
        <translation>Noch einmal kopieren, herunterladen oder exportieren.</translation>
    </message>
    <message>
        <source>Correct a text</source>
        <translation>Text berichtigen</translation>
    </message>
    <message>
        <source>Correct it in the model&apos;s settings.</source>
        <translation>In den Einstellungen des Modells berichtigen.</translation>
    </message>
    <message>
        <source>Correct it under Shape of replies, or choose free text there.</source>
        <translation>Unter Form der Antworten berichtigen oder dort freien Text wählen.</translation>
    </message>
    <message>
        <source>Correct it, and save again.</source>
        <translation>Berichtigen und noch einmal speichern.</translation>
    </message>
    <message>
        <source>Correct it, and try again.</source>
        <translation>Berichtigen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Correct or remove it: {path}</source>
        <translation>Berichtigen oder entfernen: {path}</translation>
    </message>
    <message>
        <source>Correct or remove the file: {path}</source>
        <translation>Die Datei berichtigen oder entfernen: {path}</translation>
    </message>
    <message>
        <source>Correct the template.</source>
        <translation>Die Textvorlage berichtigen.</translation>
    </message>
    <message>
        <source>Corrects your text and keeps your voice.</source>
        <translation>Berichtigt Ihren Text und lässt Ihren Ton stehen.</translation>
    </message>
    <message>
        <source>Counted by their last answers: equal numbers and words are one answer. What most replies agree on is right more often than a single reply, but not always.</source>
        <translation>Gezählt nach den Ergebnissen am Ende: Gleiche Zahlen und Wörter gelten als ein Ergebnis. Worin die meisten Antworten übereinstimmen, stimmt öfter als eine einzelne Antwort, aber nicht immer.</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>Kreativ</translation>
    </message>
    <message>
        <source>Creativity</source>
        <translation>Kreativität</translation>
    </message>
    <message>
        <source>Ctrl+4 opens Models, Ctrl+O adds a file.</source>
        <translation>Strg+4 öffnet „Modelle“, Strg+O fügt eine Datei hinzu.</translation>
    </message>
    <message>
        <source>Cut off at the length limit.</source>
        <translation>An der Längengrenze abgebrochen.</translation>
    </message>
    <message>
        <source>Cut off: the context is full. Start a new chat, or raise Conversation length in Settings, Models.</source>
        <translation>Abgebrochen: Der Kontext ist voll. Einen neuen Chat beginnen oder unter „Einstellungen, Modelle“ die Unterhaltungslänge erhöhen.</translation>
    </message>
    <message>
        <source>Damaged parts of the file were left out.</source>
        <translation>Beschädigte Teile der Datei wurden ausgelassen.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>Standardmodell</translation>
    </message>
    <message>
        <source>Default preset</source>
        <translation>Standardvorlage</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Endgültig löschen…</translation>
    </message>
    <message>
        <source>Delete with all that follows</source>
        <translation>Mit allem Folgenden löschen</translation>
    </message>
    <message>
        <source>Delete “{title}” for good?</source>
        <translation>„{title}“ endgültig löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n message.</source>
        <comment>Deleted %n messages.</comment>
        <translation>
            <numerusform>%n Nachricht gelöscht.</numerusform>
            <numerusform>%n Nachrichten gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted presets</source>
        <translation>Gelöschte Vorlagen</translation>
    </message>
    <message>
        <source>Deleted the comparison.</source>
        <translation>Der Vergleich wurde gelöscht.</translation>
    </message>
    <message>
        <source>Describe a picture and watch it being drawn on this machine; each remembers how it was made.</source>
        <translation>Ein Bild beschreiben und zusehen, wie es auf diesem Rechner entsteht; jedes merkt sich, wie es gemacht wurde.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Device: {device}</source>
        <translation>Gerät: {device}</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>Ist {names} gemeint?</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Disk space for picking up long conversations without reading them again.</source>
        <translation>Speicherplatz, um lange Unterhaltungen fortzusetzen, ohne sie neu zu lesen.</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Do not open this file; ask ChatGPT for a new export.</source>
        <translation>Diese Datei nicht öffnen; ChatGPT um einen neuen Export bitten.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Documents are being read already, here or in another window.</source>
        <translation>Es werden schon Dokumente gelesen, hier oder in einem anderen Fenster.</translation>
    </message>
    <message>
        <source>Does not fit the schema</source>
        <translation>Passt nicht zum Schema</translation>
    </message>
    <message>
        <source>Does not fit the schema. {problem}</source>
        <translation>Passt nicht zum Schema. {problem}</translation>
    </message>
    <message>
        <source>Download it again from the model&apos;s page.</source>
        <translation>Noch einmal von der Seite des Modells herunterladen.</translation>
    </message>
    <message>
        <source>Download it again, or choose another file.</source>
        <translation>Noch einmal herunterladen oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Download it again, or unpack it with another program and import conversations.json.</source>
        <translation>Sie noch einmal herunterladen oder mit einem anderen Programm entpacken und conversations.json importieren.</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>Noch einmal herunterladen oder kopieren.</translation>
    </message>
    <message>
        <source>Drop to add the model</source>
        <translation>Loslassen, um das Modell hinzuzufügen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Each line of corpus.jsonl and queries.jsonl is one JSON object; qrels.tsv has tabs.</source>
        <translation>Jede Zeile von corpus.jsonl und queries.jsonl ist ein JSON-Objekt; qrels.tsv hat Tabulatoren.</translation>
    </message>
    <message>
        <source>Edit</source>
        <comment>a reply</comment>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit</source>
        <comment>a summary</comment>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Bearbeiten und neu senden</translation>
    </message>
    <message>
        <source>Edit presets</source>
        <translation>Vorlagen bearbeiten</translation>
    </message>
    <message>
        <source>Edit presets …</source>
        <translation>Vorlagen bearbeiten …</translation>
    </message>
    <message>
        <source>Edit: {words}</source>
        <translation>Bearbeiten: {words}</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Lektor</translation>
    </message>
    <message>
        <source>Effort of thinking</source>
        <translation>Aufwand beim Nachdenken</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Rechenkern</translation>
    </message>
    <message>
        <source>Enough, next one</source>
        <translation>Genug, die nächste</translation>
    </message>
    <message>
        <source>Enter inserts, Tab goes to the next place to fill in</source>
        <translation>Eingabe fügt ein, Tab geht zur nächsten Stelle zum Ausfüllen</translation>
    </message>
    <message>
        <source>Enter sends and Shift+Enter starts a new line; when off, Ctrl+Enter sends.</source>
        <translation>Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile; wenn aus, sendet Strg+Eingabe.</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line, Esc stops.</source>
        <translation>Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile, Esc hält an.</translation>
    </message>
    <message>
        <source>Every message in it goes.</source>
        <translation>Jede Nachricht darin geht verloren.</translation>
    </message>
    <message>
        <source>Everything stays on this computer: what you write, and what the model answers.</source>
        <translation>Alles bleibt auf diesem Computer: was Sie schreiben und was das Modell antwortet.</translation>
    </message>
    <message>
        <source>Example {number}</source>
        <translation>Beispiel {number}</translation>
    </message>
    <message>
        <source>Example {number} must have the texts “user” and “assistant”.</source>
        <translation>Beispiel {number} muss die Texte „user“ und „assistant“ haben.</translation>
    </message>
    <message>
        <source>Example {number} needs both a question and an answer.</source>
        <translation>Beispiel {number} braucht eine Frage und eine Antwort.</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Examples (examples) must be a list.</source>
        <translation>Beispiele (examples) müssen eine Liste sein.</translation>
    </message>
    <message>
        <source>Explain code</source>
        <translation>Code erklären</translation>
    </message>
    <message>
        <source>Explain how a bicycle stays upright.</source>
        <translation>Erkläre, warum ein Fahrrad nicht umfällt.</translation>
    </message>
    <message>
        <source>Explain simply</source>
        <translation>Einfach erklären</translation>
    </message>
    <message>
        <source>Explain something</source>
        <translation>Etwas erklären</translation>
    </message>
    <message>
        <source>Explains anything in everyday words.</source>
        <translation>Erklärt alles in alltäglichen Worten.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export again, fewer conversations at a time.</source>
        <translation>Noch einmal exportieren, weniger Unterhaltungen auf einmal.</translation>
    </message>
    <message>
        <source>Export again, or save it as UTF-8 in a text editor.</source>
        <translation>Noch einmal exportieren oder in einem Texteditor als UTF-8 speichern.</translation>
    </message>
    <message>
        <source>Export all chats</source>
        <translation>Alle Chats exportieren</translation>
    </message>
    <message>
        <source>Export all {count:,} chats</source>
        <translation>Alle {count:,} Chats exportieren</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alle exportieren …</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Als CSV exportieren …</translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation>Als JSON exportieren …</translation>
    </message>
    <message>
        <source>Export fewer conversations at a time.</source>
        <translation>Weniger Unterhaltungen auf einmal exportieren.</translation>
    </message>
    <message>
        <source>Export them again. What can be read stands in the file as plain text.</source>
        <translation>Sie noch einmal exportieren. Was lesbar ist, steht in der Datei als reiner Text.</translation>
    </message>
    <message>
        <source>Export “{title}”</source>
        <translation>„{title}“ exportieren</translation>
    </message>
    <message>
        <source>Exported chats</source>
        <translation>Exportierte Chats</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>External link confirmation</source>
        <translation>Bestätigung externer Links</translation>
    </message>
    <message>
        <source>Far positions begin at</source>
        <translation>Ferne Positionen beginnen bei</translation>
    </message>
    <message>
        <source>Faster attention</source>
        <translation>Schnellere Attention</translation>
    </message>
    <message>
        <source>Fetch it again, or remove the picture; the model itself still answers.</source>
        <translation>Ihn noch einmal herunterladen oder das Bild entfernen; das Modell selbst antwortet weiterhin.</translation>
    </message>
    <message>
        <source>Fetch the model again, or choose another one.</source>
        <translation>Das Modell noch einmal herunterladen oder ein anderes wählen.</translation>
    </message>
    <message>
        <source>Fetching {name} ({size}).</source>
        <translation>{name} wird geholt ({size}).</translation>
    </message>
    <message>
        <source>Fetching {name} was cancelled.</source>
        <translation>Das Holen von {name} wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Weniger Einstellungen</translation>
    </message>
    <message>
        <source>Fewer than two replies came to their end, so they cannot be compared.</source>
        <translation>Weniger als zwei Antworten sind vollständig, daher lassen sie sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Fields of the preset</source>
        <translation>Felder der Vorlage</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Filter by tag</source>
        <translation>Nach Schlagwort filtern</translation>
    </message>
    <message>
        <source>Find a command, chat, model or setting</source>
        <translation>Befehl, Chat, Modell oder Einstellung suchen</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>Find a preset</source>
        <translation>Vorlage suchen</translation>
    </message>
    <message>
        <source>Find in conversation</source>
        <translation>In der Unterhaltung suchen</translation>
    </message>
    <message>
        <source>Find in list</source>
        <translation>In der Liste suchen</translation>
    </message>
    <message>
        <source>Find in the prompt</source>
        <translation>Im Prompt suchen</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Weitersuchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Rückwärts suchen</translation>
    </message>
    <message>
        <source>Finds passages in documents</source>
        <translation>Findet Stellen in Dokumenten</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Fits the schema</source>
        <translation>Passt zum Schema</translation>
    </message>
    <message>
        <source>Fits: needs {needs} of {has} free and {card} of {card_has} on the graphics card.</source>
        <translation>Passt: braucht {needs} von {has}, die frei sind, und {card} von {card_has} auf der Grafikkarte.</translation>
    </message>
    <message>
        <source>Fits: needs {needs} of {has} free.</source>
        <translation>Passt: braucht {needs} von {has}, die frei sind.</translation>
    </message>
    <message>
        <source>Flash attention, flash_attn</source>
        <translation>Flash Attention, flash_attn</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>Folder for the {form} files</source>
        <translation>Ordner für die {form}-Dateien</translation>
    </message>
    <message numerus="yes">
        <source>Folder {name}, %n chat, folded</source>
        <comment>Folder {name}, %n chats, folded</comment>
        <translation>
            <numerusform>Ordner {name}, %n Chat, zugeklappt</numerusform>
            <numerusform>Ordner {name}, %n Chats, zugeklappt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder {name}, %n chat, unfolded</source>
        <comment>Folder {name}, %n chats, unfolded</comment>
        <translation>
            <numerusform>Ordner {name}, %n Chat, aufgeklappt</numerusform>
            <numerusform>Ordner {name}, %n Chats, aufgeklappt</numerusform>
        </translation>
    </message>
    <message>
        <source>Follow the system, or stay light or dark.</source>
        <translation>Wie das System, oder immer hell oder dunkel.</translation>
    </message>
    <message>
        <source>Font family</source>
        <translation>Schriftfamilie</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>For a while this reply could not be saved. All of it is saved now.</source>
        <translation>Diese Antwort konnte eine Zeit lang nicht gespeichert werden. Jetzt ist sie ganz gespeichert.</translation>
    </message>
    <message>
        <source>For models that can be told how hard to think.</source>
        <translation>Für Modelle, denen man sagen kann, wie gründlich sie nachdenken.</translation>
    </message>
    <message>
        <source>For models that think; the others answer at once. A chat can change it.</source>
        <translation>Für Modelle, die nachdenken; andere antworten sofort. In einem Chat lässt es sich anders wählen.</translation>
    </message>
    <message>
        <source>Free some space on the disk. Searching works meanwhile; the index is made again at the next start.</source>
        <translation>Platz auf dem Datenträger schaffen. Die Suche geht inzwischen weiter; der Index wird beim nächsten Start neu angelegt.</translation>
    </message>
    <message>
        <source>Free some space, or add the model as a link so that it stays where it is.</source>
        <translation>Platz schaffen, oder das Modell als Verweis hinzufügen, damit es bleibt, wo es ist.</translation>
    </message>
    <message>
        <source>Free some space, or save it elsewhere.</source>
        <translation>Platz schaffen oder anderswo speichern.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Platz schaffen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Free some space, then try again; what was saved before is safe.</source>
        <translation>Platz schaffen und noch einmal versuchen; was vorher gespeichert war, ist sicher.</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>Speicherplatz freigeben.</translation>
    </message>
    <message>
        <source>Free text</source>
        <translation>Freier Text</translation>
    </message>
    <message>
        <source>Free {size} there, or check that the folder may be written.</source>
        <translation>Dort {size} freimachen oder prüfen, ob in den Ordner geschrieben werden darf.</translation>
    </message>
    <message>
        <source>Frequency brake</source>
        <translation>Bremse gegen Häufung</translation>
    </message>
    <message>
        <source>From its file into memory</source>
        <translation>Von seiner Datei in den Arbeitsspeicher</translation>
    </message>
    <message>
        <source>From the model&apos;s file</source>
        <translation>Aus der Datei des Modells</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Full width</source>
        <translation>Volle Breite</translation>
    </message>
    <message>
        <source>GGUF files join your models.</source>
        <translation>GGUF-Dateien kommen zu den Modellen.</translation>
    </message>
    <message>
        <source>GPU offload, n_gpu_layers</source>
        <translation>Auslagerung auf die GPU, n_gpu_layers</translation>
    </message>
    <message>
        <source>Generated titles</source>
        <translation>Erzeugte Titel</translation>
    </message>
    <message>
        <source>Get the starter model</source>
        <translation>Startmodell holen</translation>
    </message>
    <message>
        <source>Get the starter model, or add a GGUF file.</source>
        <translation>Das Startmodell holen oder eine GGUF-Datei hinzufügen.</translation>
    </message>
    <message>
        <source>Getting the starter model</source>
        <translation>Das Startmodell wird geholt</translation>
    </message>
    <message>
        <source>Give all parts their first names back, ending in -00001-of-{count:05}.gguf and on.</source>
        <translation>Allen Teilen ihre ersten Namen zurückgeben, mit den Endungen ab -00001-of-{count:05}.gguf.</translation>
    </message>
    <message>
        <source>Give the file another name, or remove it: {path}</source>
        <translation>Der Datei einen anderen Namen geben oder sie entfernen: {path}</translation>
    </message>
    <message>
        <source>Give the folder that holds corpus.jsonl, queries.jsonl and qrels.tsv.</source>
        <translation>Den Ordner angeben, der corpus.jsonl, queries.jsonl und qrels.tsv enthält.</translation>
    </message>
    <message>
        <source>Give the password again, or save the file without one.</source>
        <translation>Das Passwort noch einmal angeben oder die Datei ohne Passwort speichern.</translation>
    </message>
    <message>
        <source>Give the password, or save the file without one.</source>
        <translation>Das Passwort angeben oder die Datei ohne Passwort speichern.</translation>
    </message>
    <message>
        <source>Give them as a JSON array, or leave them out.</source>
        <translation>Sie als JSON-Liste angeben oder weglassen.</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Angegeben</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Go on with the chat first.</source>
        <translation>Zuerst den Chat fortsetzen.</translation>
    </message>
    <message>
        <source>Go on with the indexing; until then the old index is searched.</source>
        <translation>Das Indexieren fortsetzen; bis dahin wird im alten Index gesucht.</translation>
    </message>
    <message>
        <source>Go on with this reply where it was cut off</source>
        <translation>Diese Antwort dort fortsetzen, wo sie abgebrochen wurde</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>Grammatik</translation>
    </message>
    <message>
        <source>Graphics card (GPU)</source>
        <translation>Grafikkarte (GPU)</translation>
    </message>
    <message>
        <source>Graphics card and processor (GPU + CPU)</source>
        <translation>Grafikkarte und Prozessor (GPU + CPU)</translation>
    </message>
    <message>
        <source>Growth with a phrase&apos;s length</source>
        <translation>Anstieg mit der Länge einer Wendung</translation>
    </message>
    <message>
        <source>Has no effect without creativity</source>
        <translation>Hat ohne Kreativität keine Wirkung</translation>
    </message>
    <message>
        <source>Has the shape asked for</source>
        <translation>Hat die verlangte Form</translation>
    </message>
    <message>
        <source>Hash of the chat template</source>
        <translation>Prüfsumme der Chatvorlage</translation>
    </message>
    <message>
        <source>Hash of the file</source>
        <translation>Prüfsumme der Datei</translation>
    </message>
    <message>
        <source>Have the collection indexed again; if it happens again, please report the details.</source>
        <translation>Die Sammlung neu indexieren lassen; geschieht es wieder, bitte die Details melden.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Details ausblenden</translation>
    </message>
    <message>
        <source>Hide which is which until the vote</source>
        <translation>Bis zur Abstimmung verbergen, was was ist</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Higher is more varied</source>
        <translation>Höher ist abwechslungsreicher</translation>
    </message>
    <message>
        <source>Higher is more varied; 0 always takes the likeliest words.</source>
        <translation>Höher ist abwechslungsreicher; 0 nimmt immer die wahrscheinlichsten Wörter.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How far it looks</source>
        <translation>Wie weit sie zurückblickt</translation>
    </message>
    <message>
        <source>How far they look</source>
        <translation>Wie weit sie zurückblicken</translation>
    </message>
    <message>
        <source>How full the context is shows once a model is loaded</source>
        <translation>Wie voll der Kontext ist, zeigt sich, sobald ein Modell geladen ist</translation>
    </message>
    <message>
        <source>How hard it thinks, for models that can be told</source>
        <translation>Wie gründlich es nachdenkt, bei Modellen, denen man das sagen kann</translation>
    </message>
    <message>
        <source>How it answers in a new chat.</source>
        <translation>Wie es in einem neuen Chat antwortet.</translation>
    </message>
    <message>
        <source>How it is loaded</source>
        <translation>Wie es geladen wird</translation>
    </message>
    <message>
        <source>How it was loaded</source>
        <translation>Wie es geladen war</translation>
    </message>
    <message>
        <source>How likely a word must be to be left out</source>
        <translation>Wie wahrscheinlich ein Wort sein muss, um ausgelassen zu werden</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>How many of a model&apos;s layers the graphics card works on; 0 uses the processor alone.</source>
        <translation>Wie viele Schichten eines Modells die Grafikkarte rechnet; bei 0 rechnet nur der Prozessor.</translation>
    </message>
    <message>
        <source>How many processor threads a model uses; more than the cores rarely helps.</source>
        <translation>Wie viele Prozessor-Threads ein Modell nutzt; mehr als Kerne hilft selten.</translation>
    </message>
    <message>
        <source>How much of the model the graphics card works on. 0 uses the processor alone.</source>
        <translation>Wie viel vom Modell die Grafikkarte rechnet. Bei 0 rechnet nur der Prozessor.</translation>
    </message>
    <message>
        <source>How much text a model keeps in view; more needs more memory.</source>
        <translation>Wie viel Text ein Modell im Blick behält; mehr braucht mehr Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>How much text the model keeps in view. More needs more memory.</source>
        <translation>Wie viel Text das Modell im Blick behält. Mehr braucht mehr Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>How often each was better, whichever side it stood on.</source>
        <translation>Wie oft jedes besser war, gleich auf welcher Seite.</translation>
    </message>
    <message>
        <source>How often the likeliest words are left out</source>
        <translation>Wie oft die wahrscheinlichsten Wörter ausgelassen werden</translation>
    </message>
    <message>
        <source>How positions are stretched when a model reads more than it was trained with.</source>
        <translation>Wie Positionen gedehnt werden, wenn ein Modell mehr liest, als es im Training gab.</translation>
    </message>
    <message>
        <source>How quickly it adapts</source>
        <translation>Wie schnell sie sich anpasst</translation>
    </message>
    <message>
        <source>How replies are shaped</source>
        <translation>Wie Antworten geformt sind</translation>
    </message>
    <message>
        <source>How replies are written</source>
        <translation>Wie Antworten geschrieben werden</translation>
    </message>
    <message>
        <source>How sure was the model</source>
        <translation>Wie sicher das Modell war</translation>
    </message>
    <message>
        <source>How this reply was made</source>
        <translation>Wie diese Antwort entstanden ist</translation>
    </message>
    <message>
        <source>How wide the column of prompts and replies may be.</source>
        <translation>Wie breit die Spalte mit Prompts und Antworten werden darf.</translation>
    </message>
    <message>
        <source>How words were chosen</source>
        <translation>Wie Wörter gewählt wurden</translation>
    </message>
    <message>
        <source>If it should not be, save it again in the program that it comes from.</source>
        <translation>Sollte sie das nicht sein, sie in dem Programm, aus dem sie stammt, noch einmal speichern.</translation>
    </message>
    <message>
        <source>If it shows text, save it as PDF, and add that.</source>
        <translation>Zeigt die Datei Text, sie als PDF speichern und das hinzufügen.</translation>
    </message>
    <message>
        <source>If you changed it, you can put it back to how it came.</source>
        <translation>Wurde sie geändert, lässt sie sich auf den gelieferten Stand zurücksetzen.</translation>
    </message>
    <message>
        <source>If you trust it, save its content as PDF, and add that.</source>
        <translation>Ist die Datei vertrauenswürdig, ihren Inhalt als PDF speichern und das hinzufügen.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Image: {told}</source>
        <translation>Bild: {told}</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>Chats importieren</translation>
    </message>
    <message>
        <source>Import {name}</source>
        <translation>{name} importieren</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>In a list</source>
        <translation>In einer Liste</translation>
    </message>
    <message>
        <source>In a message of the conversation</source>
        <translation>In einer Nachricht der Unterhaltung</translation>
    </message>
    <message>
        <source>In line {line}, “{opening}{opening}{name}{closing}{closing}” is no name: it must begin with a letter and hold letters, digits and spaces.</source>
        <translation>In Zeile {line} ist „{opening}{opening}{name}{closing}{closing}“ kein Name: Er muss mit einem Buchstaben beginnen und aus Buchstaben, Ziffern und Leerzeichen bestehen.</translation>
    </message>
    <message>
        <source>In line {line}, “{opening}{opening}” is not closed by “{closing}{closing}”.</source>
        <translation>In Zeile {line} wird „{opening}{opening}“ nicht durch „{closing}{closing}“ geschlossen.</translation>
    </message>
    <message>
        <source>In the model&apos;s settings, choose a batch of at least {needed} tokens.</source>
        <translation>In den Einstellungen des Modells einen Leseschritt von mindestens {needed} Token wählen.</translation>
    </message>
    <message>
        <source>In the model&apos;s settings, put “Faster attention” back to Automatic, or choose 16 bit as “Precision of the conversation”.</source>
        <translation>In den Einstellungen des Modells „Schnellere Attention“ wieder auf Automatisch stellen oder als „Genauigkeit der Unterhaltung“ 16 Bit wählen.</translation>
    </message>
    <message>
        <source>In the trash since {moment}</source>
        <translation>Im Papierkorb seit {moment}</translation>
    </message>
    <message>
        <source>In the trash since {when}</source>
        <translation>Im Papierkorb seit {when}</translation>
    </message>
    <message>
        <source>In words for the reader you name</source>
        <translation>In Worten für die genannten Leser</translation>
    </message>
    <message>
        <source>In “{name}”, something is repeated that may be empty; that never ends.</source>
        <translation>In „{name}“ wird etwas wiederholt, das leer sein darf; das endet nie.</translation>
    </message>
    <message>
        <source>In “{title}”: {problem}</source>
        <translation>In „{title}“: {problem}</translation>
    </message>
    <message>
        <source>Insert a saved prompt, in an empty message</source>
        <translation>Gespeicherten Prompt einfügen, in einer leeren Nachricht</translation>
    </message>
    <message>
        <source>Install the newer version again, or choose another folder with --home.</source>
        <translation>Die neuere Version wieder installieren oder mit --home einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Install the newest version, and import it again.</source>
        <translation>Die neueste Version installieren und noch einmal importieren.</translation>
    </message>
    <message>
        <source>Install the program again, or add a GGUF model that you have.</source>
        <translation>Das Programm neu installieren oder ein vorhandenes GGUF-Modell hinzufügen.</translation>
    </message>
    <message>
        <source>Install the program again, or run “python3 packaging/bootstrap.py run” if you have its source; the details say what is missing on this computer.</source>
        <translation>Das Programm neu installieren oder, wenn der Quelltext da ist, „python3 packaging/bootstrap.py run“ ausführen; die Details sagen, was auf diesem Rechner fehlt.</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Instructions to the model</source>
        <translation>Anweisungen an das Modell</translation>
    </message>
    <message>
        <source>Into a language you name</source>
        <translation>In eine genannte Sprache</translation>
    </message>
    <message>
        <source>Is it the same model file?</source>
        <translation>Ist es dieselbe Modelldatei?</translation>
    </message>
    <message>
        <source>It brings its own.</source>
        <translation>Es bringt seine eigene mit.</translation>
    </message>
    <message>
        <source>It can think before it answers.</source>
        <translation>Es kann nachdenken, bevor es antwortet.</translation>
    </message>
    <message>
        <source>It cannot be read: {problem}.</source>
        <translation>Sie kann nicht gelesen werden: {problem}.</translation>
    </message>
    <message>
        <source>It comes from a reply, and leads out of this program to your browser or mail.</source>
        <translation>Sie stammt aus einer Antwort und führt aus diesem Programm hinaus in den Browser oder die E-Mail.</translation>
    </message>
    <message>
        <source>It could not be checked in time: the schema takes too long.</source>
        <translation>Sie konnte nicht rechtzeitig geprüft werden: Das Schema braucht zu lange.</translation>
    </message>
    <message>
        <source>It could not be checked: {problem}.</source>
        <translation>Sie konnte nicht geprüft werden: {problem}.</translation>
    </message>
    <message>
        <source>It could not be opened: no program for it was found here. Copy the address, and open it where there is one.</source>
        <translation>Sie ließ sich nicht öffnen: Hier wurde kein Programm dafür gefunden. Die Adresse lässt sich kopieren und dort öffnen, wo es eines gibt.</translation>
    </message>
    <message>
        <source>It ended at a word that the preset stops at.</source>
        <translation>Sie endete an einem Wort, bei dem die Vorlage aufhört.</translation>
    </message>
    <message>
        <source>It has an entry that is not provided for.</source>
        <translation>Ein Eintrag darin ist nicht vorgesehen.</translation>
    </message>
    <message>
        <source>It has an item that is not provided for.</source>
        <translation>Ein Element darin ist nicht vorgesehen.</translation>
    </message>
    <message>
        <source>It has changed on the disk since this reply was written. It is read once, so that you know whether the same text can come of it.</source>
        <translation>Sie hat sich auf dem Datenträger geändert, seit diese Antwort geschrieben wurde. Sie wird einmal gelesen, damit feststeht, ob derselbe Text daraus entstehen kann.</translation>
    </message>
    <message>
        <source>It has none: it continues your text rather than answering it.</source>
        <translation>Es hat keine: Es setzt den Text fort, statt zu antworten.</translation>
    </message>
    <message>
        <source>It has to be loaded as it was for this reply. {what}</source>
        <translation>Es muss so geladen werden wie für diese Antwort. {what}</translation>
    </message>
    <message>
        <source>It has too many parts.</source>
        <translation>Es hat zu viele Teile.</translation>
    </message>
    <message>
        <source>It has {count:,} places to fill in; at most {most} fit.</source>
        <translation>Sie hat {count:,} Stellen zum Ausfüllen; höchstens {most} passen.</translation>
    </message>
    <message>
        <source>It has {size:,} of at least {limit:,} entries.</source>
        <translation>Das Objekt hat {size:,} von mindestens {limit:,} Einträgen.</translation>
    </message>
    <message>
        <source>It has {size:,} of at most {limit:,} entries.</source>
        <translation>Das Objekt hat {size:,} von höchstens {limit:,} Einträgen.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>It is in the trash: bring it back in “Edit presets”, or choose another.</source>
        <translation>Sie ist im Papierkorb: unter „Vorlagen bearbeiten“ zurückholen oder eine andere wählen.</translation>
    </message>
    <message>
        <source>It is larger than {most} MB.</source>
        <translation>Die Datei ist größer als {most} MB.</translation>
    </message>
    <message>
        <source>It is nested more than {most} levels deep.</source>
        <translation>Die Verschachtelung ist mehr als {most} Ebenen tief.</translation>
    </message>
    <message>
        <source>It is nested too deeply to be checked.</source>
        <translation>Die Verschachtelung ist zum Prüfen zu tief.</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>Die Verschachtelung ist zu tief.</translation>
    </message>
    <message>
        <source>It is nested too deeply; at most {most} levels can be used.</source>
        <translation>Die Verschachtelung ist zu tief; höchstens {most} Ebenen sind möglich.</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>Das ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>It is not a text file in UTF-8.</source>
        <translation>Das ist keine Textdatei in UTF-8.</translation>
    </message>
    <message>
        <source>It is not complete JSON.</source>
        <translation>Das ist kein vollständiges JSON.</translation>
    </message>
    <message>
        <source>It is not known how this reply was made.</source>
        <translation>Es ist nicht bekannt, wie diese Antwort entstanden ist.</translation>
    </message>
    <message>
        <source>It is not known how this reply was made. That is kept for replies that are written here; this one was imported, edited, or not finished.</source>
        <translation>Es ist nicht bekannt, wie diese Antwort entstanden ist. Das wird für Antworten bewahrt, die hier geschrieben werden; diese wurde importiert, bearbeitet oder nicht beendet.</translation>
    </message>
    <message>
        <source>It is not valid JSON (line {line}, column {column}).</source>
        <translation>Das ist kein gültiges JSON (Zeile {line}, Spalte {column}).</translation>
    </message>
    <message>
        <source>It is not whole, or no JSON.</source>
        <translation>Sie ist nicht vollständig oder kein JSON.</translation>
    </message>
    <message>
        <source>It is saved by itself as soon as that works.</source>
        <translation>Sie wird von selbst gespeichert, sobald das wieder geht.</translation>
    </message>
    <message>
        <source>It is too deeply nested, or has too large a number, to be checked.</source>
        <translation>Sie ist zu tief verschachtelt oder hat eine zu große Zahl, um geprüft zu werden.</translation>
    </message>
    <message>
        <source>It leads to {host}</source>
        <translation>Sie führt zu {host}</translation>
    </message>
    <message>
        <source>It may have been deleted. Choose another one.</source>
        <translation>Vielleicht wurde er gelöscht. Einen anderen auswählen.</translation>
    </message>
    <message>
        <source>It must hold a list of at most {most:,} presets.</source>
        <translation>Sie muss eine Liste mit höchstens {most:,} Vorlagen enthalten.</translation>
    </message>
    <message>
        <source>It starts again with the next question.</source>
        <translation>Sie startet wieder mit der nächsten Frage.</translation>
    </message>
    <message>
        <source>It takes {allowed}.</source>
        <translation>Möglich ist: {allowed}.</translation>
    </message>
    <message numerus="yes">
        <source>It thought for %n token, as long as it may, and was then made to answer.</source>
        <comment>It thought for %n tokens, as long as it may, and was then made to answer.</comment>
        <translation>
            <numerusform>Es hat %n Token lang nachgedacht, so lange es darf, und musste dann antworten.</numerusform>
            <numerusform>Es hat %n Token lang nachgedacht, so lange es darf, und musste dann antworten.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was cut off at the length limit.</source>
        <translation>Sie wurde an der Längengrenze abgeschnitten.</translation>
    </message>
    <message>
        <source>It was cut off: the context is full.</source>
        <translation>Sie wurde abgeschnitten: Der Kontext ist voll.</translation>
    </message>
    <message>
        <source>It was kept from that. Better get the model from a source that you trust.</source>
        <translation>Sie wurde daran gehindert. Das Modell besser aus einer vertrauenswürdigen Quelle holen.</translation>
    </message>
    <message>
        <source>It was replaced since this reply was written, so the new reply may have other words. Both stay, side by side.</source>
        <translation>Sie wurde ersetzt, seit diese Antwort geschrieben wurde; die neue Antwort kann deshalb andere Wörter haben. Beide bleiben, nebeneinander.</translation>
    </message>
    <message>
        <source>It was sent or withdrawn elsewhere; look at the end of the chat.</source>
        <translation>Sie wurde anderswo gesendet oder zurückgezogen; am Ende des Chats nachsehen.</translation>
    </message>
    <message>
        <source>It was stopped before its end.</source>
        <translation>Sie wurde vor ihrem Ende angehalten.</translation>
    </message>
    <message>
        <source>It writes to {person}</source>
        <translation>Sie schreibt an {person}</translation>
    </message>
    <message>
        <source>Its encoding is not known; it was read as Western European text.</source>
        <translation>Die Zeichencodierung ist unbekannt; der Text wurde als westeuropäisch gelesen.</translation>
    </message>
    <message>
        <source>Its file goes, and {size} become free.</source>
        <translation>Die Datei wird gelöscht, und {size} werden frei.</translation>
    </message>
    <message>
        <source>Its file stays where it is.</source>
        <translation>Die Datei bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>Its memory</source>
        <translation>Sein Gedächtnis</translation>
    </message>
    <message>
        <source>Its own cannot be used; a common one takes its place.</source>
        <translation>Seine eigene ist nicht verwendbar; eine gängige tritt an ihre Stelle.</translation>
    </message>
    <message>
        <source>Its parts contradict each other about “type”.</source>
        <translation>Die Teile widersprechen einander bei „type“.</translation>
    </message>
    <message>
        <source>Its references and “allOf” lead to too many parts.</source>
        <translation>Die Verweise und „allOf“ führen zu zu vielen Teilen.</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>JSON-Schema</translation>
    </message>
    <message>
        <source>JSON, by a schema</source>
        <translation>JSON nach einem Schema</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>Zum Ende springen</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>KV cache type, type_k and type_v</source>
        <translation>Typ des KV-Cache, type_k und type_v</translation>
    </message>
    <message>
        <source>KV state cache</source>
        <translation>Zwischenspeicher für KV-Zustände</translation>
    </message>
    <message>
        <source>Keep running in the system tray</source>
        <translation>Im Infobereich weiterlaufen</translation>
    </message>
    <message>
        <source>Keep the whole sliding window</source>
        <translation>Das ganze gleitende Fenster behalten</translation>
    </message>
    <message>
        <source>Keep this chat</source>
        <translation>Diesen Chat behalten</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>Diese behalten</translation>
    </message>
    <message>
        <source>Keep weights in memory</source>
        <translation>Gewichte im Arbeitsspeicher halten</translation>
    </message>
    <message>
        <source>Keeps in view</source>
        <translation>Behält im Blick</translation>
    </message>
    <message>
        <source>Keeps replies evenly surprising, in place of the limits above</source>
        <translation>Hält Antworten gleichmäßig überraschend, anstelle der Grenzen darüber</translation>
    </message>
    <message>
        <source>Keeps whole phrases from coming back</source>
        <translation>Hindert ganze Wendungen daran, wiederzukommen</translation>
    </message>
    <message>
        <source>Kept. It is among your chats now.</source>
        <translation>Behalten. Der Chat steht jetzt bei den anderen.</translation>
    </message>
    <message>
        <source>Kept. The other replies stay beside it.</source>
        <translation>Behalten. Die anderen Antworten bleiben daneben.</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größerer Text</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>Letzte Nachricht</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers of the model</source>
        <translation>Schichten des Modells</translation>
    </message>
    <message>
        <source>Layers on the graphics card</source>
        <translation>Schichten auf der Grafikkarte</translation>
    </message>
    <message>
        <source>Least likelihood</source>
        <translation>Kleinste Chance</translation>
    </message>
    <message>
        <source>Leave out the obvious</source>
        <translation>Das Naheliegende auslassen</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Die ältesten Nachrichten weglassen</translation>
    </message>
    <message>
        <source>Leave the choice to the program, or choose the processor.</source>
        <translation>Die Wahl dem Programm überlassen oder den Prozessor wählen.</translation>
    </message>
    <message>
        <source>Leave the message as it is  (Esc)</source>
        <translation>Die Nachricht lassen, wie sie ist  (Esc)</translation>
    </message>
    <message>
        <source>Leave the summary as it is  (Esc)</source>
        <translation>Die Zusammenfassung lassen, wie sie ist  (Esc)</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Left is better</source>
        <translation>Links ist besser</translation>
    </message>
    <message>
        <source>Left out, for want of room</source>
        <translation>Aus Platzmangel weggelassen</translation>
    </message>
    <message>
        <source>Left out: {what}: {count:,}.</source>
        <translation>Weggelassen: {what}: {count:,}.</translation>
    </message>
    <message>
        <source>Length before stretching</source>
        <translation>Länge vor der Dehnung</translation>
    </message>
    <message>
        <source>Length limit</source>
        <translation>Längengrenze</translation>
    </message>
    <message>
        <source>Length of the prompt</source>
        <translation>Länge des Prompts</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Less about the model</source>
        <translation>Weniger über das Modell</translation>
    </message>
    <message>
        <source>Less settings of the preset</source>
        <translation>Weniger Einstellungen der Vorlage</translation>
    </message>
    <message>
        <source>Lets another model see or hear</source>
        <translation>Lässt ein anderes Modell sehen oder hören</translation>
    </message>
    <message>
        <source>Lets such models go on after an edit without reading everything again, for more memory.</source>
        <translation>Lässt solche Modelle nach einer Änderung weitermachen, ohne alles neu zu lesen, für mehr Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {what}</source>
        <translation>Zeile {line}, Spalte {column}: {what}</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Link: {words}</source>
        <translation>Link: {words}</translation>
    </message>
    <message>
        <source>List the names under “properties”, or use “additionalProperties”.</source>
        <translation>Die Namen unter „properties“ aufführen oder „additionalProperties“ verwenden.</translation>
    </message>
    <message>
        <source>List them to see all names.</source>
        <translation>Die Liste zeigt alle Namen.</translation>
    </message>
    <message>
        <source>Little</source>
        <translation>Wenig</translation>
    </message>
    <message>
        <source>Load anyway</source>
        <translation>Trotzdem laden</translation>
    </message>
    <message>
        <source>Loading {model}</source>
        <translation>{model} wird geladen</translation>
    </message>
    <message>
        <source>Loading {model} {share:.0%}</source>
        <translation>{model} wird geladen, {share:.0%}</translation>
    </message>
    <message>
        <source>Loads faster and lets the system reuse the memory.</source>
        <translation>Lädt schneller und lässt das System den Speicher weiterverwenden.</translation>
    </message>
    <message>
        <source>Local AI Studio is open already, but its window does not answer.</source>
        <translation>Local AI Studio ist schon offen, aber sein Fenster antwortet nicht.</translation>
    </message>
    <message>
        <source>Locale</source>
        <translation>Gebietsschema</translation>
    </message>
    <message>
        <source>Longest thinking</source>
        <translation>Längstes Nachdenken</translation>
    </message>
    <message>
        <source>Longest thinking, in tokens</source>
        <translation>Längstes Nachdenken, in Token</translation>
    </message>
    <message>
        <source>Longest thinking, in tokens, for models that think; 0 has them answer at once.</source>
        <translation>Längstes Nachdenken in Token, bei Modellen, die nachdenken; bei 0 antworten sie sofort.</translation>
    </message>
    <message>
        <source>Look at each of these files; the others were added.</source>
        <translation>Diese Dateien einzeln ansehen; die anderen wurden hinzugefügt.</translation>
    </message>
    <message>
        <source>Look for a GGUF version of this model, or convert it with llama.cpp&apos;s convert_hf_to_gguf.</source>
        <translation>Eine GGUF-Fassung dieses Modells suchen oder es mit convert_hf_to_gguf von llama.cpp umwandeln.</translation>
    </message>
    <message>
        <source>Look for a file that ends in .gguf on the model&apos;s page and add that one.</source>
        <translation>Auf der Seite des Modells nach einer Datei suchen, die auf .gguf endet, und diese hinzufügen.</translation>
    </message>
    <message>
        <source>Look for a newer file of the same model.</source>
        <translation>Nach einer neueren Datei desselben Modells suchen.</translation>
    </message>
    <message>
        <source>Look for the ordinary version of this model.</source>
        <translation>Nach der gewöhnlichen Fassung dieses Modells suchen.</translation>
    </message>
    <message>
        <source>Look for the same model as safetensors, or convert it where you trust it.</source>
        <translation>Nach demselben Modell als safetensors suchen oder es dort umwandeln, wo ihm zu trauen ist.</translation>
    </message>
    <message>
        <source>Look through your newest chats. The damaged file is kept as {aside}; keep it if you miss something.</source>
        <translation>Die neuesten Chats durchsehen. Die beschädigte Datei ist als {aside} aufgehoben; sie behalten, wenn etwas fehlt.</translation>
    </message>
    <message>
        <source>Look whether another program has moved it.</source>
        <translation>Nachsehen, ob ein anderes Programm die Datei verschoben hat.</translation>
    </message>
    <message>
        <source>Looking at the models</source>
        <translation>Die Modelle werden geprüft</translation>
    </message>
    <message>
        <source>Looking for a title…</source>
        <translation>Ein Titel wird gesucht …</translation>
    </message>
    <message>
        <source>Looking through the file</source>
        <translation>Die Datei wird durchgesehen</translation>
    </message>
    <message>
        <source>Looking through what is stored …</source>
        <translation>Durchsucht, was gespeichert ist …</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Gering</translation>
    </message>
    <message>
        <source>Made for models</source>
        <translation>Für Modelle gemacht</translation>
    </message>
    <message>
        <source>Made to see them, but its projector is missing: put its mmproj file beside it, or add that file here</source>
        <translation>Kann sie sehen, aber der Projektor fehlt: seine mmproj-Datei daneben legen oder sie hier hinzufügen</translation>
    </message>
    <message>
        <source>Make a plan</source>
        <translation>Plan machen</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>Noch einmal erzeugen</translation>
    </message>
    <message>
        <source>Make one first, and add a folder to it.</source>
        <translation>Zuerst eine anlegen und einen Ordner hinzufügen.</translation>
    </message>
    <message>
        <source>Make the folder first, or save it in one that is there.</source>
        <translation>Den Ordner zuerst anlegen oder in einem Ordner speichern, den es gibt.</translation>
    </message>
    <message>
        <source>Makes pictures</source>
        <translation>Macht Bilder</translation>
    </message>
    <message>
        <source>Many different ideas for you to choose from.</source>
        <translation>Viele verschiedene Ideen zur Auswahl.</translation>
    </message>
    <message>
        <source>May not load</source>
        <translation>Lädt wohl nicht</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Satzbreite</translation>
    </message>
    <message>
        <source>Measured at the last reply</source>
        <translation>Bei der letzten Antwort gemessen</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Memory held</source>
        <translation>Belegter Speicher</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Belegter Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Memory is tight: {needed} are needed and {missing} of them are missing. This computer may become slow.</source>
        <translation>Der Arbeitsspeicher ist knapp: {needed} werden gebraucht, davon fehlen {missing}. Dieser Rechner kann langsam werden.</translation>
    </message>
    <message>
        <source>Memory left for other programs</source>
        <translation>Arbeitsspeicher für andere Programme</translation>
    </message>
    <message>
        <source>Memory locking, use_mlock</source>
        <translation>Sperren des Speichers, use_mlock</translation>
    </message>
    <message>
        <source>Memory mapping, use_mmap</source>
        <translation>Einblendung in den Speicher, use_mmap</translation>
    </message>
    <message>
        <source>Memory reserve</source>
        <translation>Speicherreserve</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>Menüleiste</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Minimise to tray</source>
        <translation>In den Infobereich minimieren</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model for new conversations</source>
        <translation>Modell für neue Unterhaltungen</translation>
    </message>
    <message>
        <source>Model, engine and processor are as they were; why it differs is not known.</source>
        <translation>Modell, Rechenkern und Prozessor sind wie zuvor; warum sie abweicht, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>Modelle (*.gguf);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Models have no setting “{name}”.</source>
        <translation>Modelle haben keine Einstellung „{name}“.</translation>
    </message>
    <message>
        <source>Models in these folders are on the shelf too; nothing is copied.</source>
        <translation>Modelle in diesen Ordnern stehen auch in der Liste; nichts wird kopiert.</translation>
    </message>
    <message>
        <source>Monospace font family</source>
        <translation>Schriftfamilie mit fester Breite</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More about the loaded model</source>
        <translation>Mehr über das geladene Modell</translation>
    </message>
    <message>
        <source>More about the model</source>
        <translation>Mehr über das Modell</translation>
    </message>
    <message>
        <source>More folders with models</source>
        <translation>Weitere Ordner mit Modellen</translation>
    </message>
    <message>
        <source>More for all chats</source>
        <translation>Mehr zu allen Chats</translation>
    </message>
    <message>
        <source>More for this reply</source>
        <translation>Mehr zu dieser Antwort</translation>
    </message>
    <message>
        <source>More for your message</source>
        <translation>Mehr zu Ihrer Nachricht</translation>
    </message>
    <message>
        <source>More of how replies are written</source>
        <translation>Mehr dazu, wie Antworten geschrieben werden</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <source>More settings of the preset</source>
        <translation>Mehr Einstellungen der Vorlage</translation>
    </message>
    <message>
        <source>More than the number of cores rarely helps.</source>
        <translation>Mehr als die Zahl der Kerne hilft selten.</translation>
    </message>
    <message>
        <source>More than {most} brackets inside one another.</source>
        <translation>Mehr als {most} Klammern ineinander.</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move it to the trash first.</source>
        <translation>Sie zuerst in den Papierkorb legen.</translation>
    </message>
    <message>
        <source>Move that file away, or choose another folder with --home.</source>
        <translation>Verschiebe diese Datei, oder wähle mit --home einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>In einen Ordner</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb legen</translation>
    </message>
    <message numerus="yes">
        <source>Moved 1 chat into “{folder}”.</source>
        <comment>Moved %n chats into “{folder}”.</comment>
        <translation>
            <numerusform>1 Chat in den Ordner „{folder}“ verschoben.</numerusform>
            <numerusform>%n Chats in den Ordner „{folder}“ verschoben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved 1 chat out of its folder.</source>
        <comment>Moved %n chats out of their folders.</comment>
        <translation>
            <numerusform>1 Chat aus seinem Ordner genommen.</numerusform>
            <numerusform>%n Chats aus ihren Ordnern genommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved 1 chat to the trash.</source>
        <comment>Moved %n chats to the trash.</comment>
        <translation>
            <numerusform>1 Chat in den Papierkorb gelegt.</numerusform>
            <numerusform>%n Chats in den Papierkorb gelegt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Moved “{title}” into “{folder}”.</source>
        <translation>„{title}“ in den Ordner „{folder}“ verschoben.</translation>
    </message>
    <message>
        <source>Moved “{title}” out of “{folder}”.</source>
        <translation>„{title}“ aus dem Ordner „{folder}“ genommen.</translation>
    </message>
    <message>
        <source>Moved “{title}” to the trash.</source>
        <translation>„{title}“ in den Papierkorb gelegt.</translation>
    </message>
    <message>
        <source>Much</source>
        <translation>Viel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>Eine andere Datei nennen.</translation>
    </message>
    <message>
        <source>Name another folder.</source>
        <translation>Einen anderen Ordner nennen.</translation>
    </message>
    <message>
        <source>Name chats by their content</source>
        <translation>Chats nach ihrem Inhalt benennen</translation>
    </message>
    <message>
        <source>Name it anew</source>
        <translation>Neu benennen</translation>
    </message>
    <message>
        <source>Named “{title}”.</source>
        <translation>Benannt als „{title}“.</translation>
    </message>
    <message>
        <source>Narrow</source>
        <translation>Schmal</translation>
    </message>
    <message>
        <source>Near positions begin at</source>
        <translation>Nahe Positionen beginnen bei</translation>
    </message>
    <message>
        <source>Needs {size}</source>
        <translation>Braucht {size}</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New chat from here</source>
        <translation>Neuer Chat von hier</translation>
    </message>
    <message>
        <source>New comparison</source>
        <translation>Neuer Vergleich</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>Neuer Ordner …</translation>
    </message>
    <message>
        <source>New for each reply</source>
        <translation>Neu für jede Antwort</translation>
    </message>
    <message>
        <source>New preset</source>
        <translation>Neue Vorlage</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>Newness brake</source>
        <translation>Bremse gegen Bekanntes</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Next unsure place</source>
        <translation>Nächste unsichere Stelle</translation>
    </message>
    <message>
        <source>Next unsure place  (N)</source>
        <translation>Nächste unsichere Stelle  (N)</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No chat has “{words}” in it. Try fewer letters.</source>
        <translation>In keinem Chat steht „{words}“. Es mit weniger Buchstaben versuchen.</translation>
    </message>
    <message>
        <source>No chat model is here yet.</source>
        <translation>Noch ist kein Chatmodell da.</translation>
    </message>
    <message>
        <source>No embedding model is loaded in the document engine.</source>
        <translation>In der Dokumentmaschine ist kein Einbettungsmodell geladen.</translation>
    </message>
    <message>
        <source>No export looks like this. Export again, or choose another file.</source>
        <translation>So sieht kein Export aus. Noch einmal exportieren oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>No instructions at all, only what you write.</source>
        <translation>Keine Anweisungen, nur was Sie schreiben.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>No list can be as long as this asks for.</source>
        <translation>Keine Liste kann so lang sein, wie hier verlangt wird.</translation>
    </message>
    <message>
        <source>No model has these words. Try fewer.</source>
        <translation>Kein Modell enthält diese Wörter. Mit weniger versuchen.</translation>
    </message>
    <message>
        <source>No model is loaded in the language engine.</source>
        <translation>In der Textmaschine ist kein Modell geladen.</translation>
    </message>
    <message>
        <source>No model is loaded yet. It loads with your first message.</source>
        <translation>Noch ist kein Modell geladen. Es lädt mit der ersten Nachricht.</translation>
    </message>
    <message>
        <source>No model loaded</source>
        <translation>Kein Modell geladen</translation>
    </message>
    <message>
        <source>No model was removed that could come back.</source>
        <translation>Es wurde kein Modell entfernt, das zurückkommen könnte.</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>No preset “{name}” lies in the trash.</source>
        <translation>Im Papierkorb liegt keine Vorlage „{name}“.</translation>
    </message>
    <message>
        <source>No setting has these words. Try fewer.</source>
        <translation>Keine Einstellung enthält diese Wörter. Mit weniger versuchen.</translation>
    </message>
    <message>
        <source>No text can be as long as this asks for.</source>
        <translation>Kein Text kann so lang sein, wie hier verlangt wird.</translation>
    </message>
    <message>
        <source>No value at all is allowed here.</source>
        <translation>Hier ist überhaupt kein Wert erlaubt.</translation>
    </message>
    <message>
        <source>No whole number lies between these bounds.</source>
        <translation>Zwischen diesen Grenzen liegt keine ganze Zahl.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>None. The model gets only what you write.</source>
        <translation>Keine. Das Modell bekommt nur, was Sie schreiben.</translation>
    </message>
    <message>
        <source>None: always the likeliest words</source>
        <translation>Keine: immer die wahrscheinlichsten Wörter</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Not in UTF-8; it was read as Western European text.</source>
        <translation>Nicht in UTF-8; der Text wurde als westeuropäisch gelesen.</translation>
    </message>
    <message>
        <source>Not known to the engine</source>
        <translation>Der Textmaschine nicht bekannt</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Not sent by itself. Choose “Send now” when you like.</source>
        <translation>Wird nicht von selbst gesendet. Zum Senden „Jetzt senden“ wählen.</translation>
    </message>
    <message>
        <source>Not sent yet: the reply before did not come to its end. Choose “Send now” when you like.</source>
        <translation>Noch nicht gesendet: Die Antwort davor kam nicht zu ihrem Ende. Zum Senden „Jetzt senden“ wählen.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Nothing here matches “{words}”.</source>
        <translation>Nichts passt hier zu „{words}“.</translation>
    </message>
    <message>
        <source>Nothing is called “{words}”. Try fewer letters.</source>
        <translation>Nichts heißt „{words}“. Mit weniger Buchstaben versuchen.</translation>
    </message>
    <message>
        <source>Nothing is in here.</source>
        <translation>Hier ist nichts.</translation>
    </message>
    <message>
        <source>Nothing is known of it yet.</source>
        <translation>Darüber ist noch nichts bekannt.</translation>
    </message>
    <message>
        <source>Nothing is sent to the model until you choose what to do.</source>
        <translation>An das Modell wird nichts gesendet, bis Sie gewählt haben.</translation>
    </message>
    <message>
        <source>Nothing new was in it.</source>
        <translation>Darin war nichts Neues.</translation>
    </message>
    <message>
        <source>Nothing was changed. Export it again, or choose another file.</source>
        <translation>Nichts wurde geändert. Noch einmal exportieren oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>Noch wurde nichts verglichen.</translation>
    </message>
    <message>
        <source>Nothing was pasted. {reason}</source>
        <translation>Nichts wurde eingefügt. {reason}</translation>
    </message>
    <message>
        <source>Nothing was pasted: {length:,} characters are too many, at most {most:,} can be used.</source>
        <translation>Nichts wurde eingefügt: {length:,} Zeichen sind zu viele, höchstens {most:,} sind möglich.</translation>
    </message>
    <message>
        <source>Nothing was sent. Please report the details.</source>
        <translation>Nichts wurde gesendet. Bitte die Details melden.</translation>
    </message>
    <message>
        <source>Nothing was taken in.</source>
        <translation>Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Nothing was written. Export the chat as HTML, and print that.</source>
        <translation>Nichts wurde geschrieben. Den Chat als HTML exportieren und das drucken.</translation>
    </message>
    <message>
        <source>Notification content</source>
        <translation>Inhalt der Mitteilungen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Number of weights</source>
        <translation>Anzahl der Gewichte</translation>
    </message>
    <message>
        <source>Obvious from</source>
        <translation>Naheliegend ab</translation>
    </message>
    <message>
        <source>Of it {size} for the model&apos;s weights</source>
        <translation>Davon {size} für die Gewichte des Modells</translation>
    </message>
    <message>
        <source>Of messages with several versions, the one on show.</source>
        <translation>Von Nachrichten mit mehreren Fassungen die angezeigte.</translation>
    </message>
    <message>
        <source>Of several “{key}” for one place, only the first is held to.</source>
        <translation>Von mehreren „{key}“ für eine Stelle gilt nur das erste.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Offline · 0 connections</source>
        <translation>Offline · 0 Verbindungen</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>On the list: {names}.</source>
        <translation>In der Liste: {names}.</translation>
    </message>
    <message>
        <source>One</source>
        <translation>Eines</translation>
    </message>
    <message>
        <source>One better</source>
        <translation>Eines besser</translation>
    </message>
    <message>
        <source>One of the pictures could not be read; its file is damaged.</source>
        <translation>Eines der Bilder konnte nicht gelesen werden; seine Datei ist beschädigt.</translation>
    </message>
    <message numerus="yes">
        <source>Online · %n connection</source>
        <comment>Online · %n connections</comment>
        <translation>
            <numerusform>Online · %n Verbindung</numerusform>
            <numerusform>Online · %n Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Only a vocabulary, cannot answer</source>
        <translation>Nur ein Vokabular, kann nicht antworten</translation>
    </message>
    <message>
        <source>Only for models whose card tells another value, for YaRN.</source>
        <translation>Nur für Modelle, deren Beschreibung einen anderen Wert nennt, für YaRN.</translation>
    </message>
    <message>
        <source>Only for models whose card tells another value.</source>
        <translation>Nur für Modelle, deren Beschreibung einen anderen Wert nennt.</translation>
    </message>
    <message>
        <source>Only for this chat.</source>
        <translation>Nur für diesen Chat.</translation>
    </message>
    <message>
        <source>Only one that was written in one go can be made again; ask for another reply instead.</source>
        <translation>Nur eine in einem Zug geschriebene lässt sich noch einmal erzeugen; stattdessen um eine andere Antwort bitten.</translation>
    </message>
    <message>
        <source>Only the first {limit:,} bytes were read.</source>
        <translation>Nur die ersten {limit:,} Bytes wurden gelesen.</translation>
    </message>
    <message>
        <source>Only the first {limit:,} characters were read.</source>
        <translation>Nur die ersten {limit:,} Zeichen wurden gelesen.</translation>
    </message>
    <message>
        <source>Only the first {limit:,} of {pages:,} pages were read.</source>
        <translation>Nur die ersten {limit:,} von {pages:,} Seiten wurden gelesen.</translation>
    </message>
    <message>
        <source>Only the last reply can be continued. “New chat from here” makes it the last one.</source>
        <translation>Nur die letzte Antwort lässt sich fortsetzen. „Neuer Chat von hier“ macht diese zur letzten.</translation>
    </message>
    <message>
        <source>Only the likeliest words that make up this share together</source>
        <translation>Nur die wahrscheinlichsten Wörter, die zusammen diesen Anteil ausmachen</translation>
    </message>
    <message>
        <source>Only the likeliest words that make up this share together.</source>
        <translation>Nur die wahrscheinlichsten Wörter, die zusammen diesen Anteil ausmachen.</translation>
    </message>
    <message>
        <source>Only this many of the likeliest words</source>
        <translation>Nur so viele der wahrscheinlichsten Wörter</translation>
    </message>
    <message>
        <source>Only this many of the likeliest words; 0 takes all.</source>
        <translation>Nur so viele der wahrscheinlichsten Wörter; 0 nimmt alle.</translation>
    </message>
    <message>
        <source>Only words about as surprising as expected</source>
        <translation>Nur Wörter, die etwa so überraschend sind wie erwartet</translation>
    </message>
    <message>
        <source>Only words at least this likely, measured against the likeliest</source>
        <translation>Nur Wörter, die mindestens so wahrscheinlich sind, gemessen am wahrscheinlichsten</translation>
    </message>
    <message>
        <source>Only words at least this likely, measured against the likeliest.</source>
        <translation>Nur Wörter, die mindestens so wahrscheinlich sind, gemessen am wahrscheinlichsten.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>the window</comment>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open Details for what it said.</source>
        <translation>Mehr steht unter Details.</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Open all below</source>
        <translation>Alles darunter aufklappen</translation>
    </message>
    <message>
        <source>Open it once the reply is finished.</source>
        <translation>Öffnen, sobald die Antwort fertig ist.</translation>
    </message>
    <message>
        <source>Open its menu</source>
        <translation>Menü dazu öffnen</translation>
    </message>
    <message>
        <source>Open the collection again to see what is in it.</source>
        <translation>Die Sammlung noch einmal öffnen, um zu sehen, was darin ist.</translation>
    </message>
    <message>
        <source>Open this address?</source>
        <translation>Diese Adresse öffnen?</translation>
    </message>
    <message>
        <source>Open where I left off</source>
        <translation>Dort öffnen, wo ich aufgehört habe</translation>
    </message>
    <message>
        <source>Opens Chat</source>
        <translation>Öffnet Chat</translation>
    </message>
    <message>
        <source>Opens Models</source>
        <translation>Öffnet Modelle</translation>
    </message>
    <message>
        <source>Opens a list</source>
        <translation>Öffnet eine Liste</translation>
    </message>
    <message>
        <source>Opens a menu</source>
        <translation>Öffnet ein Menü</translation>
    </message>
    <message>
        <source>Opens the privacy settings</source>
        <translation>Öffnet die Einstellungen zur Privatsphäre</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Other better</source>
        <translation>Anderes besser</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Andere Wege</translation>
    </message>
    <message>
        <source>Other words for the reply</source>
        <translation>Andere Worte für die Antwort</translation>
    </message>
    <message>
        <source>Other words for the summary</source>
        <translation>Andere Worte für die Zusammenfassung</translation>
    </message>
    <message>
        <source>Other words for the waiting message</source>
        <translation>Andere Worte für die wartende Nachricht</translation>
    </message>
    <message>
        <source>Other words for your message</source>
        <translation>Andere Worte für Ihre Nachricht</translation>
    </message>
    <message>
        <source>Overflow policy</source>
        <translation>Umgang mit Überlauf</translation>
    </message>
    <message>
        <source>Pages to print or to send.</source>
        <translation>Seiten zum Drucken oder Verschicken.</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Part of the reply</source>
        <translation>Teil der Antwort</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Phrase brake</source>
        <translation>Bremse gegen Wendungen</translation>
    </message>
    <message>
        <source>Phrase brake growth</source>
        <translation>Anstieg bei Wendungen</translation>
    </message>
    <message>
        <source>Phrase brake looks back</source>
        <translation>Rückblick bei Wendungen</translation>
    </message>
    <message>
        <source>Phrases let through</source>
        <translation>Erlaubte Wendungen</translation>
    </message>
    <message>
        <source>Phrases up to this length may come back</source>
        <translation>Wendungen bis zu dieser Länge dürfen wiederkommen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Schlicht</translation>
    </message>
    <message>
        <source>Plain text with simple marks, for notes and editors.</source>
        <translation>Reiner Text mit einfachen Zeichen, für Notizen und Editoren.</translation>
    </message>
    <message>
        <source>Plan a simple dinner for four.</source>
        <translation>Plane ein einfaches Abendessen für vier Personen.</translation>
    </message>
    <message>
        <source>Point at a word, or move with the arrow keys, to see what else might have stood there.</source>
        <translation>Auf ein Wort zeigen oder mit den Pfeiltasten gehen, um zu sehen, was dort sonst hätte stehen können.</translation>
    </message>
    <message>
        <source>Position factor</source>
        <translation>Faktor der Positionen</translation>
    </message>
    <message>
        <source>Position frequency</source>
        <translation>Frequenz der Positionen</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Precision of the conversation</source>
        <translation>Genauigkeit der Unterhaltung</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Preset and model</source>
        <translation>Vorlage und Modell</translation>
    </message>
    <message>
        <source>Preset for new conversations</source>
        <translation>Vorlage für neue Unterhaltungen</translation>
    </message>
    <message>
        <source>Preset {number}: {reason}</source>
        <translation>Vorlage {number}: {reason}</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Presets are chosen below the conversation; the end of that list leads to editing them.</source>
        <translation>Vorlagen werden unter der Unterhaltung gewählt; am Ende jener Liste lassen sie sich bearbeiten.</translation>
    </message>
    <message>
        <source>Presets have no value “{name}”.</source>
        <translation>Vorlagen haben keinen Wert „{name}“.</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Vorige 7 Tage</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Vorige Fassung</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <source>Programmer</source>
        <translation>Programmierer</translation>
    </message>
    <message>
        <source>Progress of the reply</source>
        <translation>Fortschritt der Antwort</translation>
    </message>
    <message>
        <source>Projector (mmproj)</source>
        <translation>Projektor (mmproj)</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Textvorlagen</translation>
    </message>
    <message>
        <source>Put back as it came</source>
        <translation>Auf gelieferten Stand</translation>
    </message>
    <message>
        <source>Put back to what came with the program</source>
        <translation>Auf den gelieferten Stand zurückgesetzt</translation>
    </message>
    <message>
        <source>Put before every conversation as if they had been said. They show the model the form.</source>
        <translation>Stehen vor jeder Unterhaltung, als wären sie gesagt worden. Sie zeigen dem Modell die Form.</translation>
    </message>
    <message>
        <source>Put it among your chats, where it stays  (Ctrl+S)</source>
        <translation>Zu den anderen Chats legen, wo er bleibt  (Strg+S)</translation>
    </message>
    <message>
        <source>Put it back, or remove the model from the list.</source>
        <translation>Die Datei zurücklegen oder das Modell aus der Liste nehmen.</translation>
    </message>
    <message>
        <source>Put the earlier file back to learn its hash.</source>
        <translation>Die frühere Datei zurücklegen, um ihre Prüfsumme zu erfahren.</translation>
    </message>
    <message>
        <source>Put the missing parts into the same folder.</source>
        <translation>Die fehlenden Teile in denselben Ordner legen.</translation>
    </message>
    <message>
        <source>Put the model&apos;s settings back to their defaults on the Models page, and try again.</source>
        <translation>Die Einstellungen des Modells unter Modelle auf die Standardwerte zurücksetzen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Put the projector that came with this model beside it, or remove the picture.</source>
        <translation>Den Projektor, der zu diesem Modell gehört, daneben legen oder das Bild entfernen.</translation>
    </message>
    <message>
        <source>Put {model} aside to make room ({size}).</source>
        <translation>{model} wurde beiseitegelegt, um Platz zu schaffen ({size}).</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Question of example {number}</source>
        <translation>Frage von Beispiel {number}</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Ran on</source>
        <translation>Lief auf</translation>
    </message>
    <message>
        <source>Read as a summary</source>
        <translation>Als Zusammenfassung gelesen</translation>
    </message>
    <message>
        <source>Read weights as they are needed</source>
        <translation>Gewichte nach Bedarf lesen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Liest</translation>
    </message>
    <message>
        <source>Reading font</source>
        <translation>Leseschrift</translation>
    </message>
    <message>
        <source>Reading step</source>
        <translation>Leseschritt</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Die Datei wird gelesen</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>Der Prompt wird gelesen</translation>
    </message>
    <message>
        <source>Reading width</source>
        <translation>Lesebreite</translation>
    </message>
    <message>
        <source>Reading {done:,} of {total:,}</source>
        <translation>Liest {done:,} von {total:,}</translation>
    </message>
    <message>
        <source>Reading “{name}” needed more memory than a document may.</source>
        <translation>Das Lesen von „{name}“ brauchte mehr Arbeitsspeicher, als einem Dokument zusteht.</translation>
    </message>
    <message>
        <source>Reading “{name}” took too long and was given up.</source>
        <translation>Das Lesen von „{name}“ dauerte zu lange und wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Reads up to</source>
        <translation>Liest bis zu</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Gedankengang</translation>
    </message>
    <message>
        <source>Reasoning budget</source>
        <translation>Budget für das Nachdenken (Reasoning)</translation>
    </message>
    <message>
        <source>Reload the conversation.</source>
        <translation>Die Unterhaltung neu laden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove example {number}</source>
        <translation>Beispiel {number} entfernen</translation>
    </message>
    <message>
        <source>Remove it, or attach a smaller one.</source>
        <translation>Es entfernen oder ein kleineres anhängen.</translation>
    </message>
    <message>
        <source>Remove it, or save it again as PNG or JPEG and attach that.</source>
        <translation>Es entfernen, oder neu als PNG oder JPEG speichern und das anhängen.</translation>
    </message>
    <message>
        <source>Remove it: {path}</source>
        <translation>Entfernen: {path}</translation>
    </message>
    <message>
        <source>Remove one, or send the others with the next message.</source>
        <translation>Eine entfernen oder die übrigen mit der nächsten Nachricht senden.</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Removed models</source>
        <translation>Entfernte Modelle</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>Ordner umbenennen</translation>
    </message>
    <message>
        <source>Rename folder…</source>
        <translation>Ordner umbenennen …</translation>
    </message>
    <message>
        <source>Rename or delete that one first.</source>
        <translation>Zuerst diese umbenennen oder löschen.</translation>
    </message>
    <message>
        <source>Rename or remove that file first.</source>
        <translation>Zuerst diese Datei umbenennen oder entfernen.</translation>
    </message>
    <message>
        <source>Rename the chat yourself: choose it in the list and press F2.</source>
        <translation>Den Chat selbst umbenennen: in der Liste wählen und F2 drücken.</translation>
    </message>
    <message>
        <source>Repeated too often; at most {most:,} in all.</source>
        <translation>Zu oft wiederholt; höchstens {most:,} insgesamt.</translation>
    </message>
    <message>
        <source>Repetition brake</source>
        <translation>Bremse gegen Wiederholung</translation>
    </message>
    <message>
        <source>Replies are</source>
        <translation>Antworten sind</translation>
    </message>
    <message>
        <source>Replies are written as the model likes.</source>
        <translation>Antworten werden geschrieben, wie das Modell mag.</translation>
    </message>
    <message>
        <source>Replies side by side</source>
        <translation>Antworten nebeneinander</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Reply to a message</source>
        <translation>Auf eine Nachricht antworten</translation>
    </message>
    <message>
        <source>Reply {number}</source>
        <translation>Antwort {number}</translation>
    </message>
    <message>
        <source>Reply.</source>
        <translation>Antwort.</translation>
    </message>
    <message>
        <source>Reply. {figures}</source>
        <translation>Antwort. {figures}</translation>
    </message>
    <message>
        <source>Reply: {text}</source>
        <translation>Antwort: {text}</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset {title}</source>
        <translation>{title} zurücksetzen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore an older version of it instead, or delete it.</source>
        <translation>Stattdessen eine ältere Fassung wiederherstellen oder die Vorlage löschen.</translation>
    </message>
    <message>
        <source>Restore this version</source>
        <translation>Diese Fassung wiederherstellen</translation>
    </message>
    <message>
        <source>Restored from version {number}</source>
        <translation>Wiederhergestellt aus Fassung {number}</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Right is better</source>
        <translation>Rechts ist besser</translation>
    </message>
    <message>
        <source>RoPE base frequency, rope_freq_base</source>
        <translation>RoPE-Grundfrequenz, rope_freq_base</translation>
    </message>
    <message>
        <source>RoPE frequency factor, rope_freq_scale</source>
        <translation>RoPE-Frequenzfaktor, rope_freq_scale</translation>
    </message>
    <message>
        <source>RoPE scaling, rope_scaling_type</source>
        <translation>RoPE-Skalierung, rope_scaling_type</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Run “git lfs pull” where it was cloned, or download the file from the model&apos;s page.</source>
        <translation>„git lfs pull“ im geklonten Ordner ausführen oder die Datei von der Seite des Modells herunterladen.</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Laufende Arbeit</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as another version</source>
        <translation>Als andere Fassung speichern</translation>
    </message>
    <message>
        <source>Save it again as PDF or plain text, and try again.</source>
        <translation>Noch einmal als PDF oder reinen Text speichern und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Save it again as PNG or JPEG, and attach that.</source>
        <translation>Noch einmal als PNG oder JPEG speichern und das anhängen.</translation>
    </message>
    <message>
        <source>Save it again in the program that it comes from, or fetch it again.</source>
        <translation>Sie in dem Programm, aus dem sie stammt, noch einmal speichern oder noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>Save it as PDF or plain text, or split it, and try again.</source>
        <translation>Als PDF oder reinen Text speichern oder aufteilen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Save it as PDF, Word or plain text, and add that.</source>
        <translation>Als PDF, Word-Datei oder reinen Text speichern und das hinzufügen.</translation>
    </message>
    <message>
        <source>Save it smaller, and attach that.</source>
        <translation>Kleiner speichern und das anhängen.</translation>
    </message>
    <message>
        <source>Save it smaller, and attach that; models see no more than a few million anyway.</source>
        <translation>Kleiner speichern und das anhängen; Modelle sehen ohnehin höchstens einige Millionen.</translation>
    </message>
    <message>
        <source>Save it without a password or copy protection, and add that.</source>
        <translation>Ohne Passwort und Kopierschutz speichern und das hinzufügen.</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Gespeichert als {name}.</translation>
    </message>
    <message>
        <source>Saved “{title}” as version {version}.</source>
        <translation>„{title}“ als Fassung {version} gespeichert.</translation>
    </message>
    <message>
        <source>Saves memory in long conversations, where the machine can do it.</source>
        <translation>Spart Arbeitsspeicher in langen Unterhaltungen, wo der Rechner es kann.</translation>
    </message>
    <message>
        <source>Schema or grammar</source>
        <translation>Schema oder Grammatik</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search again; it is opened by itself.</source>
        <translation>Noch einmal suchen; sie wird von selbst geöffnet.</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Chats durchsuchen</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle durchsuchen</translation>
    </message>
    <message>
        <source>Search path</source>
        <translation>Suchpfad</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Searching for “{words}” …</source>
        <translation>Suche nach „{words}“ …</translation>
    </message>
    <message>
        <source>See which presets there are: studio presets list.</source>
        <translation>Welche Vorlagen es gibt, zeigt: studio presets list.</translation>
    </message>
    <message>
        <source>See which there are: studio presets history, or the history in its editor.</source>
        <translation>Welche es gibt, zeigen studio presets history und der Verlauf in ihrem Editor.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Seed of replies</source>
        <translation>Startwert der Antworten</translation>
    </message>
    <message>
        <source>Seen through</source>
        <translation>Gesehen durch</translation>
    </message>
    <message>
        <source>Sees them through {file}</source>
        <translation>Sieht sie durch {file}</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send after the reply in “{title}”</source>
        <translation>Nach der Antwort in „{title}“ senden</translation>
    </message>
    <message>
        <source>Send after this reply</source>
        <translation>Nach dieser Antwort senden</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Neu senden</translation>
    </message>
    <message>
        <source>Send again in a moment.</source>
        <translation>Gleich noch einmal senden.</translation>
    </message>
    <message>
        <source>Send again to go on.</source>
        <translation>Zum Weitermachen noch einmal senden.</translation>
    </message>
    <message>
        <source>Send again to start it anew. If it happens again with this model, try a smaller conversation length or another file.</source>
        <translation>Erneutes Senden startet sie neu. Geschieht es mit diesem Modell wieder, eine kürzere Länge der Unterhaltung oder eine andere Datei versuchen.</translation>
    </message>
    <message>
        <source>Send again to start it anew. If it happens again, choose a shorter conversation length or a smaller version of the model.</source>
        <translation>Erneutes Senden startet sie neu. Geschieht es wieder, eine kürzere Länge der Unterhaltung oder eine kleinere Fassung des Modells wählen.</translation>
    </message>
    <message>
        <source>Send again.</source>
        <translation>Noch einmal senden.</translation>
    </message>
    <message>
        <source>Send again; if it happens again, choose a shorter conversation length.</source>
        <translation>Noch einmal senden; geschieht es wieder, eine kürzere Länge der Unterhaltung wählen.</translation>
    </message>
    <message>
        <source>Send it again with other words.</source>
        <translation>Sie mit anderen Worten noch einmal senden.</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Jetzt senden</translation>
    </message>
    <message>
        <source>Send now: {words}</source>
        <translation>Jetzt senden: {words}</translation>
    </message>
    <message>
        <source>Send shortcut</source>
        <translation>Kürzel zum Senden</translation>
    </message>
    <message>
        <source>Send this at once</source>
        <translation>Dies sofort senden</translation>
    </message>
    <message>
        <source>Send with Enter</source>
        <translation>Mit der Eingabetaste senden</translation>
    </message>
    <message>
        <source>Sent when the reply has ended</source>
        <translation>Wird gesendet, wenn die Antwort zu Ende ist</translation>
    </message>
    <message>
        <source>Sent when the reply in another chat has ended</source>
        <translation>Wird gesendet, wenn die Antwort in einem anderen Chat zu Ende ist</translation>
    </message>
    <message>
        <source>Separate them with commas. Find them with tag: in the search.</source>
        <translation>Durch Kommas trennen. In der Suche mit tag: zu finden.</translation>
    </message>
    <message>
        <source>Serif</source>
        <translation>Mit Serifen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings of {name} saved</source>
        <translation>Einstellungen von {name} gespeichert</translation>
    </message>
    <message>
        <source>Settings that have no effect now</source>
        <translation>Einstellungen, die jetzt keine Wirkung haben</translation>
    </message>
    <message>
        <source>Settings: {category}</source>
        <translation>Einstellungen: {category}</translation>
    </message>
    <message>
        <source>Shape of replies</source>
        <translation>Form der Antworten</translation>
    </message>
    <message>
        <source>Shape of replies: {kind}. Change</source>
        <translation>Form der Antworten: {kind}. Ändern</translation>
    </message>
    <message>
        <source>Share of extrapolation</source>
        <translation>Anteil der Extrapolation</translation>
    </message>
    <message>
        <source>Short, steady answers. Suits very small models.</source>
        <translation>Kurze, stetige Antworten. Passt zu sehr kleinen Modellen.</translation>
    </message>
    <message>
        <source>Shorten it, or use the whole text again.</source>
        <translation>Die Zusammenfassung kürzen oder wieder den ganzen Text verwenden.</translation>
    </message>
    <message>
        <source>Shorten the message, or choose a longer conversation length for the model.</source>
        <translation>Die Nachricht kürzen oder für das Modell eine größere Länge der Unterhaltung wählen.</translation>
    </message>
    <message>
        <source>Shorten the message, or choose a preset with fewer examples or a longer conversation length.</source>
        <translation>Die Nachricht kürzen oder eine Vorlage mit weniger Beispielen oder eine größere Länge der Unterhaltung wählen.</translation>
    </message>
    <message>
        <source>Shorten the question, or choose smaller chunks in the collection&apos;s settings.</source>
        <translation>Die Frage kürzen oder in den Einstellungen der Sammlung kleinere Passagen wählen.</translation>
    </message>
    <message>
        <source>Shorten the summary in the chat, or choose a longer conversation length for the model.</source>
        <translation>Die Zusammenfassung im Chat kürzen oder eine größere Länge der Unterhaltung für das Modell wählen.</translation>
    </message>
    <message>
        <source>Show a notification of the system while another program is in front.</source>
        <translation>Eine Mitteilung des Systems zeigen, solange ein anderes Programm vorne ist.</translation>
    </message>
    <message>
        <source>Show a reply&apos;s words in notifications</source>
        <translation>Text der Antwort in Mitteilungen zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n line</source>
        <comment>Show all %n lines</comment>
        <translation>
            <numerusform>Die ganze Zeile zeigen (%n)</numerusform>
            <numerusform>Alle %n Zeilen zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show as text</source>
        <translation>Als Text zeigen</translation>
    </message>
    <message>
        <source>Show as tree</source>
        <translation>Als Baum zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the list</source>
        <translation>Liste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show the exact prompt</source>
        <translation>Den genauen Prompt zeigen</translation>
    </message>
    <message>
        <source>Show the next version</source>
        <translation>Nächste Fassung anzeigen</translation>
    </message>
    <message>
        <source>Show the place</source>
        <translation>Die Stelle zeigen</translation>
    </message>
    <message>
        <source>Show the version before</source>
        <translation>Vorherige Fassung anzeigen</translation>
    </message>
    <message>
        <source>Show what the model is told instead</source>
        <translation>Zeigen, was das Modell stattdessen liest</translation>
    </message>
    <message>
        <source>Show what the model thought first</source>
        <translation>Zeigen, was das Modell zuerst gedacht hat</translation>
    </message>
    <message>
        <source>Show where a link leads before the web browser opens it.</source>
        <translation>Zeigen, wohin ein Link führt, bevor der Browser ihn öffnet.</translation>
    </message>
    <message>
        <source>Since then, {changes}.</source>
        <translation>Seitdem hat sich etwas geändert: {changes}.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Smaller forms make room for longer conversations and cost a little accuracy.</source>
        <translation>Kleinere Formen schaffen Platz für längere Unterhaltungen und kosten etwas Genauigkeit.</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinerer Text</translation>
    </message>
    <message>
        <source>Something is missing.</source>
        <translation>Etwas fehlt.</translation>
    </message>
    <message>
        <source>Something went wrong inside the engine.</source>
        <translation>In der Textmaschine ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program.</source>
        <translation>Im Programm ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Space for resuming quickly</source>
        <translation>Platz für schnelles Fortsetzen</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>Tempo hier</translation>
    </message>
    <message>
        <source>Spelling, grammar and style</source>
        <translation>Rechtschreibung, Grammatik und Stil</translation>
    </message>
    <message>
        <source>Split the file, or raise the limit.</source>
        <translation>Die Datei aufteilen oder die Grenze erhöhen.</translation>
    </message>
    <message>
        <source>Split the file, or save it as PDF or plain text, and try again.</source>
        <translation>Die Datei aufteilen oder als PDF oder reinen Text speichern und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Start a chat</source>
        <translation>Chat beginnen</translation>
    </message>
    <message>
        <source>Start the indexing again; what is finished is kept.</source>
        <translation>Das Indexieren noch einmal starten; was fertig ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Start with the window&apos;s last place, size and tab.</source>
        <translation>Mit dem letzten Platz, der letzten Größe und dem letzten Bereich starten.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Steady surprise</source>
        <translation>Gleichmäßige Überraschung</translation>
    </message>
    <message>
        <source>Steps towards a goal, in a given time</source>
        <translation>Schritte zu einem Ziel, in gegebener Zeit</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop and ask</source>
        <translation>Anhalten und fragen</translation>
    </message>
    <message>
        <source>Stop the reply</source>
        <translation>Die Antwort stoppen</translation>
    </message>
    <message>
        <source>Stop the reply and send this at once</source>
        <translation>Die Antwort stoppen und dies sofort senden</translation>
    </message>
    <message>
        <source>Stop the reply in “{title}”</source>
        <translation>Die Antwort in „{title}“ stoppen</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>Vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>Stopped while the model was loading.</source>
        <translation>Angehalten, während das Modell geladen wurde.</translation>
    </message>
    <message>
        <source>Stopped while the oldest messages were summarised.</source>
        <translation>Angehalten, während die ältesten Nachrichten zusammengefasst wurden.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Stopped. What had arrived is kept.</source>
        <translation>Angehalten. Was schon da war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stopped: {done:,} of {total:,} chats are written.</source>
        <translation>Angehalten: {done:,} von {total:,} Chats sind geschrieben.</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Stops at</source>
        <translation>Endet bei</translation>
    </message>
    <message>
        <source>Stretching of the context</source>
        <translation>Dehnung des Kontexts</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise a text</source>
        <translation>Text zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>Die ältesten Nachrichten zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise the oldest part now</source>
        <translation>Den ältesten Teil jetzt zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise the oldest part of the chat</source>
        <translation>Den ältesten Teil des Chats zusammenfassen</translation>
    </message>
    <message numerus="yes">
        <source>Summarising the oldest message</source>
        <comment>Summarising the oldest messages</comment>
        <translation>
            <numerusform>Älteste Nachricht wird zusammengefasst</numerusform>
            <numerusform>Älteste Nachrichten werden zusammengefasst</numerusform>
        </translation>
    </message>
    <message>
        <source>Summarising the oldest messages</source>
        <translation>Die ältesten Nachrichten werden zusammengefasst</translation>
    </message>
    <message>
        <source>Sure does not mean right: a model can be sure of what is wrong.</source>
        <translation>Sicher heißt nicht richtig: Ein Modell kann sich bei etwas Falschem sicher sein.</translation>
    </message>
    <message>
        <source>Surprise aimed at</source>
        <translation>Angestrebte Überraschung</translation>
    </message>
    <message>
        <source>Surprise correction</source>
        <translation>Nachregeln der Überraschung</translation>
    </message>
    <message>
        <source>Sync the collection again.</source>
        <translation>Die Sammlung noch einmal abgleichen.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>System prompt: it stands before every conversation</source>
        <translation>System-Prompt: steht vor jeder Unterhaltung</translation>
    </message>
    <message>
        <source>Table; the arrow keys move it sideways</source>
        <translation>Tabelle; die Pfeiltasten verschieben sie seitwärts</translation>
    </message>
    <message>
        <source>Tag {tag}</source>
        <translation>Schlagwort {tag}</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter …</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Take that conversation out of the file, and import the others. At most {messages:,} messages and {characters:,} characters can be read.</source>
        <translation>Diese Unterhaltung aus der Datei nehmen und die anderen importieren. Höchstens {messages:,} Nachrichten und {characters:,} Zeichen können gelesen werden.</translation>
    </message>
    <message>
        <source>Take {folder} off the list</source>
        <translation>{folder} aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Tally and history</source>
        <translation>Stimmen und Verlauf</translation>
    </message>
    <message>
        <source>Tally of comparisons</source>
        <translation>Stimmen der Vergleiche</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Details</translation>
    </message>
    <message>
        <source>Tell when a long reply is finished</source>
        <translation>Melden, wenn eine lange Antwort fertig ist</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Temporärer Chat</translation>
    </message>
    <message>
        <source>Temporary chats stand here for as long as this window is open.</source>
        <translation>Hier stehen temporäre Chats, solange dieses Fenster offen ist.</translation>
    </message>
    <message>
        <source>Temporary: nothing said here is written to the disk. It is gone when this window is closed.</source>
        <translation>Temporär: Nichts, was hier gesagt wird, kommt auf die Festplatte. Mit dem Schließen dieses Fensters ist es weg.</translation>
    </message>
    <message>
        <source>Tesseract does not know these languages here: {names}</source>
        <translation>Tesseract kennt hier diese Sprachen nicht: {names}</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text of {name}</source>
        <translation>Text von {name}</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Text, by a grammar</source>
        <translation>Text nach einer Grammatik</translation>
    </message>
    <message>
        <source>The SQLite {version} of this Python cannot search text (FTS5).</source>
        <translation>SQLite {version} in diesem Python kann Text nicht durchsuchen (FTS5).</translation>
    </message>
    <message>
        <source>The SQLite {version} of this Python is too old to search text.</source>
        <translation>SQLite {version} in diesem Python ist zu alt, um Text zu durchsuchen.</translation>
    </message>
    <message>
        <source>The Settings page says {number} for all models.</source>
        <translation>Unter Einstellungen steht {number} für alle Modelle.</translation>
    </message>
    <message>
        <source>The answer to it</source>
        <translation>Die Antwort darauf</translation>
    </message>
    <message>
        <source>The chat is off the list; the rest of it is deleted at a later start.</source>
        <translation>Der Chat ist von der Liste; der Rest davon wird bei einem späteren Start gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>The chat is written.</source>
        <comment>%n chats are written.</comment>
        <translation>
            <numerusform>Der Chat ist geschrieben.</numerusform>
            <numerusform>%n Chats sind geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>The chat template of this model asks for far more work than a prompt can need.</source>
        <translation>Die Chatvorlage dieses Modells verlangt weit mehr Arbeit, als ein Prompt brauchen kann.</translation>
    </message>
    <message>
        <source>The chat template of this model does not work.</source>
        <translation>Die Chatvorlage dieses Modells funktioniert nicht.</translation>
    </message>
    <message>
        <source>The chat template of this model leaves out what you write.</source>
        <translation>Die Chatvorlage dieses Modells lässt aus, was Sie schreiben.</translation>
    </message>
    <message>
        <source>The chat template of this model refuses this conversation.</source>
        <translation>Die Chatvorlage dieses Modells lehnt diese Unterhaltung ab.</translation>
    </message>
    <message>
        <source>The chat template of this model tries to do things that a chat template may not do.</source>
        <translation>Die Chatvorlage dieses Modells will etwas tun, was eine Chatvorlage nicht darf.</translation>
    </message>
    <message>
        <source>The closing bracket that belongs to this one is missing.</source>
        <translation>Die zugehörige schließende Klammer fehlt.</translation>
    </message>
    <message>
        <source>The collection has no sources.</source>
        <translation>Die Sammlung hat keine Quellen.</translation>
    </message>
    <message>
        <source>The collection is not open in the search engine.</source>
        <translation>Die Sammlung ist in der Suchmaschine nicht geöffnet.</translation>
    </message>
    <message>
        <source>The context is full, so nothing could be added. Start a new chat, or raise Conversation length in Settings, Models.</source>
        <translation>Der Kontext ist voll, es konnte nichts hinzukommen. Einen neuen Chat beginnen oder unter „Einstellungen, Modelle“ die Unterhaltungslänge erhöhen.</translation>
    </message>
    <message>
        <source>The data set could not be understood: {place}.</source>
        <translation>Der Datensatz konnte nicht verstanden werden: {place}.</translation>
    </message>
    <message>
        <source>The descriptions of the tools could not be read.</source>
        <translation>Die Beschreibungen der Werkzeuge konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The disk is too full for {name}.</source>
        <translation>Der Datenträger ist für {name} zu voll.</translation>
    </message>
    <message>
        <source>The disk that holds {path} did not read or write as asked.</source>
        <translation>Der Datenträger mit {path} hat nicht wie verlangt gelesen oder geschrieben.</translation>
    </message>
    <message>
        <source>The disk that holds {path} is full.</source>
        <translation>Der Datenträger mit {path} ist voll.</translation>
    </message>
    <message>
        <source>The disk was full while this reply was written. All of the reply is saved now.</source>
        <translation>Der Datenträger war voll, während diese Antwort geschrieben wurde. Jetzt ist die ganze Antwort gespeichert.</translation>
    </message>
    <message>
        <source>The document engine</source>
        <translation>Die Dokumentmaschine</translation>
    </message>
    <message>
        <source>The download probably ended at a sign-in or error page.</source>
        <translation>Der Download endete wohl auf einer Anmelde- oder Fehlerseite.</translation>
    </message>
    <message>
        <source>The embedding model gave numbers that nothing can be found by.</source>
        <translation>Das Einbettungsmodell lieferte Zahlen, mit denen sich nichts finden lässt.</translation>
    </message>
    <message>
        <source>The embedding model {name} could not be read; one of its files is damaged.</source>
        <translation>Das Einbettungsmodell {name} konnte nicht gelesen werden; eine seiner Dateien ist beschädigt.</translation>
    </message>
    <message>
        <source>The embedding model {name} is not there: {path}</source>
        <translation>Das Einbettungsmodell {name} ist nicht da: {path}</translation>
    </message>
    <message>
        <source>The engine cannot use this setting: {reason}</source>
        <translation>Diese Einstellung lässt sich nicht verwenden: {reason}</translation>
    </message>
    <message>
        <source>The engine cannot work with {name} under its settings ({reason}).</source>
        <translation>Mit den Einstellungen von {name} lässt sich nicht arbeiten ({reason}).</translation>
    </message>
    <message>
        <source>The engine could not do this.</source>
        <translation>Das hat nicht geklappt.</translation>
    </message>
    <message>
        <source>The engine could not look at one of the pictures (code {status}).</source>
        <translation>Eines der Bilder konnte nicht angesehen werden (Code {status}).</translation>
    </message>
    <message>
        <source>The engine does not know this kind of model ({architecture}), so it will most likely not load. Choose another model, or wait for an update of the engine.</source>
        <translation>Diese Art von Modell ({architecture}) kennt das Programm nicht; es wird sich wohl nicht laden lassen. Ein anderes Modell wählen oder auf eine neuere Version des Programms warten.</translation>
    </message>
    <message>
        <source>The engine stopped in the middle of its work (code {status}).</source>
        <translation>Die Textmaschine hat mitten in der Arbeit aufgehört (Code {status}).</translation>
    </message>
    <message>
        <source>The exact prompt</source>
        <translation>Der genaue Prompt</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>Der Export wurde angehalten.</translation>
    </message>
    <message>
        <source>The file may be damaged. Fetch it again, or choose another model.</source>
        <translation>Die Datei ist vielleicht beschädigt. Noch einmal herunterladen oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The file of this model is not there: {path}</source>
        <translation>Die Datei dieses Modells ist nicht da: {path}</translation>
    </message>
    <message>
        <source>The file of {name} is gone; it stays usable until another model is loaded.</source>
        <translation>Die Datei von {name} ist weg; das Modell bleibt nutzbar, bis ein anderes geladen wird.</translation>
    </message>
    <message>
        <source>The file {name} cannot be read: {problem}.</source>
        <translation>Die Datei {name} kann nicht gelesen werden: {problem}.</translation>
    </message>
    <message>
        <source>The file {name} could not be saved: {problem}.</source>
        <translation>Die Datei {name} konnte nicht gespeichert werden: {problem}.</translation>
    </message>
    <message>
        <source>The file {name} does not hold conversations of this program.</source>
        <translation>Die Datei {name} enthält keine Unterhaltungen dieses Programms.</translation>
    </message>
    <message>
        <source>The file {name} ends too early: a part of it is missing.</source>
        <translation>Die Datei {name} endet zu früh: Ein Teil davon fehlt.</translation>
    </message>
    <message>
        <source>The file {name} holds a conversation that is too large to be read.</source>
        <translation>Die Datei {name} enthält eine Unterhaltung, die zum Lesen zu groß ist.</translation>
    </message>
    <message>
        <source>The file {name} holds {what}, which is more than can be read.</source>
        <translation>Die Datei {name} enthält {what}; das ist mehr, als gelesen werden kann.</translation>
    </message>
    <message>
        <source>The file {name} is damaged, or is no JSON file.</source>
        <translation>Die Datei {name} ist beschädigt oder keine JSON-Datei.</translation>
    </message>
    <message>
        <source>The file {name} is damaged: its conversations contradict themselves.</source>
        <translation>Die Datei {name} ist beschädigt: Ihre Unterhaltungen widersprechen sich.</translation>
    </message>
    <message>
        <source>The file {name} is empty.</source>
        <translation>Die Datei {name} ist leer.</translation>
    </message>
    <message>
        <source>The file {name} is locked with a password.</source>
        <translation>Die Datei {name} ist mit einem Passwort gesperrt.</translation>
    </message>
    <message>
        <source>The file {name} is nested more than {most} levels deep.</source>
        <translation>Die Datei {name} ist mehr als {most} Ebenen tief verschachtelt.</translation>
    </message>
    <message>
        <source>The file {name} is no text that can be read.</source>
        <translation>Die Datei {name} ist kein lesbarer Text.</translation>
    </message>
    <message>
        <source>The file {name} was written by a newer version of this program.</source>
        <translation>Die Datei {name} wurde von einer neueren Version dieses Programms geschrieben.</translation>
    </message>
    <message>
        <source>The file {name} would grow from {packed} to {unpacked}, which no export does.</source>
        <translation>Die Datei {name} würde von {packed} auf {unpacked} wachsen; das tut kein Export.</translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {problem}.</source>
        <translation>Die Datei {path} kann nicht geschrieben werden: {problem}.</translation>
    </message>
    <message numerus="yes">
        <source>The first message was told to it as a summary.</source>
        <comment>The first %n messages were told to it as a summary.</comment>
        <translation>
            <numerusform>Die erste Nachricht wurde ihm als Zusammenfassung mitgeteilt.</numerusform>
            <numerusform>Die ersten %n Nachrichten wurden ihm als Zusammenfassung mitgeteilt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The first one filled the context after {place}; up to there both are the same.</source>
        <translation>Die erste füllte nach {place} den Kontext; bis dahin sind beide gleich.</translation>
    </message>
    <message>
        <source>The first one filled the context before its first word, so there is nothing to compare.</source>
        <translation>Die erste füllte vor ihrem ersten Wort den Kontext; es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>The first one reached its length limit after {place}; up to there both are the same.</source>
        <translation>Die erste erreichte nach {place} ihre Längengrenze; bis dahin sind beide gleich.</translation>
    </message>
    <message>
        <source>The first one reached its length limit before its first word, so there is nothing to compare.</source>
        <translation>Die erste erreichte vor ihrem ersten Wort die Längengrenze; es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>The first one was stopped after {place}; up to there both are the same.</source>
        <translation>Die erste wurde nach {place} angehalten; bis dahin sind beide gleich.</translation>
    </message>
    <message>
        <source>The first one was stopped before its first word, so there is nothing to compare.</source>
        <translation>Die erste wurde vor ihrem ersten Wort angehalten; es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>The first one went on from what was read before it, which can round differently.</source>
        <translation>Die erste ging von dem aus, was vor ihr gelesen war, und das kann anders runden.</translation>
    </message>
    <message>
        <source>The first that fits</source>
        <translation>Das erste, das passt</translation>
    </message>
    <message>
        <source>The first word came after {seconds} s.</source>
        <translation>Das erste Wort kam nach {seconds} s.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened: {reason}.</source>
        <translation>Der Ordner {folder} lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used: {problem}.</source>
        <translation>Der Ordner {folder} kann nicht verwendet werden: {problem}.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there, so its models are not listed.</source>
        <translation>Der Ordner {folder} ist nicht da; seine Modelle stehen deshalb nicht in der Liste.</translation>
    </message>
    <message>
        <source>The format “{form}” is neither held to nor checked</source>
        <translation>Das Format „{form}“ wird weder erzwungen noch geprüft</translation>
    </message>
    <message>
        <source>The grammar has too many parts.</source>
        <translation>Die Grammatik hat zu viele Teile.</translation>
    </message>
    <message>
        <source>The grammar or JSON schema could not be used: {reason}</source>
        <translation>Die Grammatik oder das JSON-Schema ließ sich nicht verwenden: {reason}</translation>
    </message>
    <message>
        <source>The graphics card is nearly full: {needed} are needed there and {missing} of them are missing. Put fewer layers on it.</source>
        <translation>Die Grafikkarte ist fast voll: {needed} werden dort gebraucht, davon fehlen {missing}. Weniger Schichten auf die Grafikkarte legen.</translation>
    </message>
    <message>
        <source>The history of presets could not be kept. {problem}</source>
        <translation>Der Verlauf der Vorlagen konnte nicht bewahrt werden. {problem}</translation>
    </message>
    <message>
        <source>The import was stopped.</source>
        <translation>Der Import wurde angehalten.</translation>
    </message>
    <message>
        <source>The language engine</source>
        <translation>Die Textmaschine</translation>
    </message>
    <message>
        <source>The language of this window. Replies come in the language that you write in.</source>
        <translation>Die Sprache dieses Fensters. Antworten kommen in der Sprache, in der Sie schreiben.</translation>
    </message>
    <message>
        <source>The letters of code, all of one width.</source>
        <translation>Die Schrift für Code, alle Zeichen gleich breit.</translation>
    </message>
    <message>
        <source>The letters of prompts and replies.</source>
        <translation>Die Schrift von Prompts und Antworten.</translation>
    </message>
    <message>
        <source>The likeliest answer every time. For facts, code and figures.</source>
        <translation>Jedes Mal die wahrscheinlichste Antwort. Für Fakten, Code und Zahlen.</translation>
    </message>
    <message>
        <source>The link goes; the file that it leads to stays.</source>
        <translation>Der Verweis wird gelöscht; die Datei, auf die er führt, bleibt.</translation>
    </message>
    <message>
        <source>The list has no item of the kind that is asked for.</source>
        <translation>Die Liste hat kein Element der verlangten Art.</translation>
    </message>
    <message>
        <source>The list has {size:,} of at least {limit:,} items.</source>
        <translation>Die Liste hat {size:,} von mindestens {limit:,} Elementen.</translation>
    </message>
    <message>
        <source>The list has {size:,} of at most {limit:,} items.</source>
        <translation>Die Liste hat {size:,} von höchstens {limit:,} Elementen.</translation>
    </message>
    <message>
        <source>The loaded model</source>
        <translation>Das geladene Modell</translation>
    </message>
    <message>
        <source>The longest reply</source>
        <translation>Die längste Antwort</translation>
    </message>
    <message>
        <source>The longest reply, in tokens.</source>
        <translation>Die längste Antwort, in Token.</translation>
    </message>
    <message>
        <source>The main points of a text, and nothing that is not in it.</source>
        <translation>Die wichtigsten Punkte eines Textes, und nichts, was nicht darin steht.</translation>
    </message>
    <message>
        <source>The main points, as long as you say</source>
        <translation>Die wichtigsten Punkte, so lang wie gewünscht</translation>
    </message>
    <message numerus="yes">
        <source>The message above, summarised for the model</source>
        <comment>The %n messages above, summarised for the model</comment>
        <translation>
            <numerusform>Die Nachricht darüber, für das Modell zusammengefasst</numerusform>
            <numerusform>Die %n Nachrichten darüber, für das Modell zusammengefasst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The message after that no longer fits into its context; nothing of it is lost.</source>
        <comment>The %n messages after that no longer fit into its context; nothing of them is lost.</comment>
        <translation>
            <numerusform>Die Nachricht danach passt nicht mehr in seinen Kontext; nichts davon ist verloren.</numerusform>
            <numerusform>Die %n Nachrichten danach passen nicht mehr in seinen Kontext; nichts davon ist verloren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The message after the summary no longer fits into the model&apos;s context, so the model did not see it.</source>
        <comment>The %n messages after the summary no longer fit into the model&apos;s context, so the model did not see them.</comment>
        <translation>
            <numerusform>Die Nachricht nach der Zusammenfassung passt nicht mehr in den Kontext des Modells; das Modell hat sie nicht gesehen.</numerusform>
            <numerusform>Die %n Nachrichten nach der Zusammenfassung passen nicht mehr in den Kontext des Modells; das Modell hat sie nicht gesehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The model</source>
        <translation>Das Modell</translation>
    </message>
    <message>
        <source>The model answers at once.</source>
        <translation>Das Modell antwortet sofort.</translation>
    </message>
    <message>
        <source>The model can be held to a fixed shape, so that other programs can read its replies. It does not see the shape: say in your message what you want.</source>
        <translation>Das Modell lässt sich an eine feste Form binden, damit andere Programme seine Antworten lesen können. Es sieht die Form nicht: In der Nachricht muss stehen, was gewünscht ist.</translation>
    </message>
    <message>
        <source>The model found no fitting title.</source>
        <translation>Das Modell fand keinen passenden Titel.</translation>
    </message>
    <message>
        <source>The model had nothing to add.</source>
        <translation>Das Modell hatte nichts hinzuzufügen.</translation>
    </message>
    <message>
        <source>The model has ended this reply. Only one that was cut off can be continued.</source>
        <translation>Das Modell hat diese Antwort beendet. Fortsetzen lässt sich nur eine, die abgeschnitten wurde.</translation>
    </message>
    <message>
        <source>The model no longer sees them. They stay in the chat.</source>
        <translation>Das Modell sieht sie nicht mehr. Im Chat bleiben sie.</translation>
    </message>
    <message numerus="yes">
        <source>The model read the oldest message as a summary.</source>
        <comment>The model read the %n oldest messages as a summary.</comment>
        <translation>
            <numerusform>Das Modell hat die älteste Nachricht als Zusammenfassung gelesen.</numerusform>
            <numerusform>Das Modell hat die %n ältesten Nachrichten als Zusammenfassung gelesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The model reads from here on</source>
        <translation>Ab hier liest das Modell</translation>
    </message>
    <message numerus="yes">
        <source>The model reads from here on, and the first message as a summary</source>
        <comment>The model reads from here on, and the first %n messages as a summary</comment>
        <translation>
            <numerusform>Ab hier liest das Modell, und die erste Nachricht als Zusammenfassung</numerusform>
            <numerusform>Ab hier liest das Modell, und die ersten %n Nachrichten als Zusammenfassung</numerusform>
        </translation>
    </message>
    <message>
        <source>The model reads from here on, and what is above as a summary</source>
        <translation>Ab hier liest das Modell, und was darüber steht als Zusammenfassung</translation>
    </message>
    <message>
        <source>The model reads its reply again. That takes about as long as writing it took.</source>
        <translation>Das Modell liest seine Antwort noch einmal. Das dauert etwa so lange, wie sie zu schreiben.</translation>
    </message>
    <message>
        <source>The model reads the oldest part as a summary from now on.</source>
        <translation>Das Modell liest den ältesten Teil von jetzt an als Zusammenfassung.</translation>
    </message>
    <message>
        <source>The model reads the whole text again, as far as it fits.</source>
        <translation>Das Modell liest wieder den ganzen Text, soweit er hineinpasst.</translation>
    </message>
    <message>
        <source>The model reads the whole text again, so there is nothing to reword.</source>
        <translation>Das Modell liest wieder den ganzen Text, also gibt es nichts umzuformulieren.</translation>
    </message>
    <message>
        <source>The model reads this in place of the messages above.</source>
        <translation>Das Modell liest dies anstelle der Nachrichten darüber.</translation>
    </message>
    <message>
        <source>The model reads your words for the summary from now on.</source>
        <translation>Das Modell liest von jetzt an die neuen Worte der Zusammenfassung.</translation>
    </message>
    <message>
        <source>The model thinks before it answers.</source>
        <translation>Das Modell denkt nach, bevor es antwortet.</translation>
    </message>
    <message>
        <source>The model was fairly sure of each of the {total} pieces.</source>
        <translation>Bei jedem der {total} Stücke war sich das Modell recht sicher.</translation>
    </message>
    <message>
        <source>The model was unsure of {doubtful} of the {total} pieces: it gave each of these less than an even chance.</source>
        <translation>Bei {doubtful} der {total} Stücke war sich das Modell unsicher: Jedem davon gab es eine Wahrscheinlichkeit unter 50 %.</translation>
    </message>
    <message>
        <source>The model writes a summary of them and reads that instead. They stay too.</source>
        <translation>Das Modell schreibt eine Zusammenfassung und liest diese. Auch sie selbst bleiben.</translation>
    </message>
    <message>
        <source>The model wrote nothing.</source>
        <translation>Das Modell hat nichts geschrieben.</translation>
    </message>
    <message>
        <source>The model&apos;s context is too short to read the oldest messages for a summary.</source>
        <translation>Der Kontext des Modells ist zu klein, um die ältesten Nachrichten für eine Zusammenfassung zu lesen.</translation>
    </message>
    <message>
        <source>The model&apos;s file is another one now</source>
        <translation>Die Datei des Modells ist jetzt eine andere</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>Der Name</translation>
    </message>
    <message>
        <source>The name (title) is missing.</source>
        <translation>Der Name (title) fehlt.</translation>
    </message>
    <message>
        <source>The name has characters that cannot be shown.</source>
        <translation>Der Name hat Zeichen, die sich nicht anzeigen lassen.</translation>
    </message>
    <message numerus="yes">
        <source>The new index still lacks one document.</source>
        <comment>The new index still lacks %n documents.</comment>
        <translation>
            <numerusform>Dem neuen Index fehlt noch ein Dokument.</numerusform>
            <numerusform>Dem neuen Index fehlen noch %n Dokumente.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The oldest message no longer fits into the model&apos;s context, so the model did not see it.</source>
        <comment>The %n oldest messages no longer fit into the model&apos;s context, so the model did not see them.</comment>
        <translation>
            <numerusform>Die älteste Nachricht passt nicht mehr in den Kontext des Modells; das Modell hat sie nicht gesehen.</numerusform>
            <numerusform>Die %n ältesten Nachrichten passen nicht mehr in den Kontext des Modells; das Modell hat sie nicht gesehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The oldest messages could not be summarised. {reason}</source>
        <translation>Die ältesten Nachrichten konnten nicht zusammengefasst werden. {reason}</translation>
    </message>
    <message>
        <source>The pages of “{title}” could not be laid out.</source>
        <translation>Die Seiten von „{title}“ konnten nicht gesetzt werden.</translation>
    </message>
    <message>
        <source>The password for “{name}” is not the right one.</source>
        <translation>Das Passwort für „{name}“ stimmt nicht.</translation>
    </message>
    <message>
        <source>The pattern “{shown}” cannot be used: it has {found}.</source>
        <translation>Das Muster „{shown}“ kann nicht verwendet werden: Es hat {found}.</translation>
    </message>
    <message>
        <source>The picture engine</source>
        <translation>Die Bildmaschine</translation>
    </message>
    <message>
        <source>The picture {name}</source>
        <translation>Das Bild {name}</translation>
    </message>
    <message>
        <source>The preset that is chosen for this chat decides.</source>
        <translation>Die für diesen Chat gewählte Vorlage entscheidet.</translation>
    </message>
    <message>
        <source>The preset {file} cannot be used. In capital or small letters, its name is that of {first}.</source>
        <translation>Die Vorlage {file} kann nicht verwendet werden. Abgesehen von Groß- und Kleinschreibung ist ihr Name der von {first}.</translation>
    </message>
    <message>
        <source>The preset {file} cannot be used. {reason}</source>
        <translation>Die Vorlage {file} kann nicht verwendet werden. {reason}</translation>
    </message>
    <message>
        <source>The preset “{name}” did not come with the program.</source>
        <translation>Die Vorlage „{name}“ ist nicht mit dem Programm gekommen.</translation>
    </message>
    <message>
        <source>The preset “{name}” has no version {number}.</source>
        <translation>Die Vorlage „{name}“ hat keine Fassung {number}.</translation>
    </message>
    <message>
        <source>The preset “{title}” asks for the model {model}, which is not here; {instead} answers instead.</source>
        <translation>Die Vorlage „{title}“ verlangt das Modell {model}, das nicht hier ist; stattdessen antwortet {instead}.</translation>
    </message>
    <message>
        <source>The preset “{title}” could not be brought back: {problem}.</source>
        <translation>Die Vorlage „{title}“ konnte nicht zurückgeholt werden: {problem}.</translation>
    </message>
    <message>
        <source>The preset “{title}” could not be deleted: {problem}.</source>
        <translation>Die Vorlage „{title}“ konnte nicht gelöscht werden: {problem}.</translation>
    </message>
    <message>
        <source>The preset “{title}” could not be saved: {problem}.</source>
        <translation>Die Vorlage „{title}“ konnte nicht gespeichert werden: {problem}.</translation>
    </message>
    <message>
        <source>The program ended while this was written; what had arrived is kept.</source>
        <translation>Das Programm endete, während dies geschrieben wurde; was schon da war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The projector beside this model belongs to another one: it sets pictures between tokens that this model does not know.</source>
        <translation>Der Projektor neben diesem Modell gehört zu einem anderen: Er setzt Bilder zwischen Token, die dieses Modell nicht kennt.</translation>
    </message>
    <message>
        <source>The projector of this model is not made for pictures: {path}</source>
        <translation>Der Projektor dieses Modells ist nicht für Bilder gemacht: {path}</translation>
    </message>
    <message>
        <source>The projector of this model, through which it sees pictures, is gone: {path}</source>
        <translation>Der Projektor dieses Modells, durch den es Bilder sieht, ist nicht mehr da: {path}</translation>
    </message>
    <message>
        <source>The projector {name} belongs to another model: it speaks in {projector} numbers, and this model listens to {model}.</source>
        <translation>Der Projektor {name} gehört zu einem anderen Modell: Er spricht in {projector} Zahlen, und dieses Modell hört auf {model}.</translation>
    </message>
    <message>
        <source>The projector {name}, through which this model sees pictures, could not be read.</source>
        <translation>Der Projektor {name}, durch den dieses Modell Bilder sieht, konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The prompt of this reply is not known. It is kept for replies that are written here; this one was imported, edited, or not finished.</source>
        <translation>Der Prompt dieser Antwort ist nicht bekannt. Er wird für Antworten bewahrt, die hier geschrieben werden; diese wurde importiert, bearbeitet oder nicht beendet.</translation>
    </message>
    <message>
        <source>The prompt {file} cannot be used. {reason}</source>
        <translation>Die Textvorlage {file} kann nicht verwendet werden. {reason}</translation>
    </message>
    <message>
        <source>The quotation mark that belongs to this one is missing.</source>
        <translation>Das zugehörige Anführungszeichen fehlt.</translation>
    </message>
    <message>
        <source>The reader ended unexpectedly while it read “{name}”.</source>
        <translation>Die Lesemaschine hat sich beim Lesen von „{name}“ unerwartet beendet.</translation>
    </message>
    <message>
        <source>The reader of documents</source>
        <translation>Die Lesemaschine</translation>
    </message>
    <message>
        <source>The reading of “{name}” was stopped.</source>
        <translation>Das Lesen von „{name}“ wurde angehalten.</translation>
    </message>
    <message>
        <source>The replies will stand here side by side, with a word on how far they agree. Keep one, and the chat goes on with it.</source>
        <translation>Die Antworten stehen dann hier nebeneinander, mit einem Wort dazu, wie weit sie übereinstimmen. Mit der, die behalten wird, geht der Chat weiter.</translation>
    </message>
    <message>
        <source>The reply as a tree</source>
        <translation>Die Antwort als Baum</translation>
    </message>
    <message>
        <source>The reply as data</source>
        <translation>Die Antwort als Daten</translation>
    </message>
    <message>
        <source>The reply could not be finished.</source>
        <translation>Die Antwort konnte nicht beendet werden.</translation>
    </message>
    <message>
        <source>The reply could not be saved. {reason}</source>
        <translation>Die Antwort konnte nicht gespeichert werden. {reason}</translation>
    </message>
    <message>
        <source>The reply follows a GBNF grammar</source>
        <translation>Die Antwort folgt einer GBNF-Grammatik</translation>
    </message>
    <message>
        <source>The reply follows a JSON schema</source>
        <translation>Die Antwort folgt einem JSON-Schema</translation>
    </message>
    <message numerus="yes">
        <source>The reply has %n token, the text before it {prompt}, of which {reused} were remembered and did not have to be read again.</source>
        <comment>The reply has %n tokens, the text before it {prompt}, of which {reused} were remembered and did not have to be read again.</comment>
        <translation>
            <numerusform>Die Antwort hat %n Token, der Text davor {prompt}; davon waren {reused} noch bekannt und mussten nicht neu gelesen werden.</numerusform>
            <numerusform>Die Antwort hat %n Token, der Text davor {prompt}; davon waren {reused} noch bekannt und mussten nicht neu gelesen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The reply is finished.</source>
        <translation>Die Antwort ist fertig.</translation>
    </message>
    <message>
        <source>The reply is kept while the program is open, and saved by itself once that works.</source>
        <translation>Die Antwort bleibt erhalten, solange das Programm offen ist, und wird von selbst gespeichert, sobald das wieder geht.</translation>
    </message>
    <message>
        <source>The reply, with how sure the model was of each piece</source>
        <translation>Die Antwort, mit der Sicherheit des Modells bei jedem Stück</translation>
    </message>
    <message>
        <source>The rule “{name}” begins with itself; that never ends. Put something before it, or repeat with * instead.</source>
        <translation>Die Regel „{name}“ beginnt mit sich selbst; das endet nie. Etwas davor setzen oder stattdessen mit * wiederholen.</translation>
    </message>
    <message>
        <source>The rule “{name}” can begin in too many ways.</source>
        <translation>Die Regel „{name}“ kann auf zu viele Arten beginnen.</translation>
    </message>
    <message>
        <source>The rule “{name}” could never end: “{needed}” always needs itself again. Give it a way out, such as | &quot;&quot;.</source>
        <translation>Die Regel „{name}“ könnte nie enden: „{needed}“ braucht immer wieder sich selbst. Einen Ausweg angeben, etwa | &quot;&quot;.</translation>
    </message>
    <message>
        <source>The rule “{name}” is written twice.</source>
        <translation>Die Regel „{name}“ steht zweimal da.</translation>
    </message>
    <message>
        <source>The same model is being added by another window or terminal.</source>
        <translation>Ein anderes Fenster oder Terminal fügt dasselbe Modell gerade hinzu.</translation>
    </message>
    <message>
        <source>The same number gives the same reply again, where the preset names none.</source>
        <translation>Dieselbe Zahl ergibt wieder dieselbe Antwort, wenn die Vorlage keine nennt.</translation>
    </message>
    <message>
        <source>The same prompt to two models or presets. Votes are counted in the tally.</source>
        <translation>Derselbe Prompt an zwei Modelle oder Vorlagen. Die Stimmen werden gezählt.</translation>
    </message>
    <message>
        <source>The same seed and settings give the same reply</source>
        <translation>Derselbe Startwert und dieselben Einstellungen ergeben dieselbe Antwort</translation>
    </message>
    <message>
        <source>The same seed and settings give the same reply.</source>
        <translation>Derselbe Startwert und dieselben Einstellungen ergeben dieselbe Antwort.</translation>
    </message>
    <message>
        <source>The same text as before, to the letter.</source>
        <translation>Derselbe Text wie zuvor, Buchstabe für Buchstabe.</translation>
    </message>
    <message>
        <source>The same up to word {same}, then “{here}” where the first one has “{there}”.</source>
        <translation>Gleich bis zum Wort {same}, dann „{here}“, wo in der ersten „{there}“ steht.</translation>
    </message>
    <message>
        <source>The same words as before; only blanks differ.</source>
        <translation>Dieselben Wörter wie zuvor; nur Leerzeichen unterscheiden sich.</translation>
    </message>
    <message>
        <source>The sampling must be a JSON object.</source>
        <translation>„sampling“ muss ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>The search engine</source>
        <translation>Die Suchmaschine</translation>
    </message>
    <message>
        <source>The search engine was given vectors that it cannot compare ({reason}).</source>
        <translation>Die Suchmaschine bekam Vektoren, die sie nicht vergleichen kann ({reason}).</translation>
    </message>
    <message>
        <source>The search index could not be written to the disk.</source>
        <translation>Der Suchindex konnte nicht auf den Datenträger geschrieben werden.</translation>
    </message>
    <message>
        <source>The search index has to be made again ({reason}).</source>
        <translation>Der Suchindex muss neu angelegt werden ({reason}).</translation>
    </message>
    <message>
        <source>The setting stays as it is.</source>
        <translation>Die Einstellung bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>The settings could not be saved in {folder}: {why}.</source>
        <translation>Die Einstellungen konnten nicht in {folder} gespeichert werden: {why}.</translation>
    </message>
    <message>
        <source>The settings file was damaged; defaults are used. It is kept as {aside}.</source>
        <translation>Die Datei mit den Einstellungen war beschädigt; es gelten die Standardwerte. Sie ist als {aside} aufgehoben.</translation>
    </message>
    <message>
        <source>The settings in {path} could not be read: {reason}.</source>
        <translation>Die Einstellungen in {path} konnten nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The share of words that two replies have in common, on average over all pairs. It tells how alike they are, not how right.</source>
        <translation>Der Anteil der Wörter, die zwei Antworten gemeinsam haben, im Mittel über alle Paare. Er sagt, wie ähnlich sie sich sind, nicht, wie richtig.</translation>
    </message>
    <message>
        <source>The size of prompts and replies.</source>
        <translation>Die Größe von Prompts und Antworten.</translation>
    </message>
    <message>
        <source>The summary of this chat&apos;s oldest messages does not fit into the model&apos;s context, and without it the chat takes {tokens:,} tokens, where {limit:,} are free beside the room for the reply. Nothing was sent to the model.</source>
        <translation>Die Zusammenfassung der ältesten Nachrichten passt nicht in den Kontext des Modells, und ohne sie braucht der Chat {tokens:,} Token, wo neben dem Platz für die Antwort {limit:,} frei sind. Dem Modell wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The summary that this chat has is so long that the model cannot read it together with the messages after it.</source>
        <translation>Die Zusammenfassung in diesem Chat ist so lang, dass das Modell sie nicht zusammen mit den Nachrichten danach lesen kann.</translation>
    </message>
    <message>
        <source>The system may not move them to the disk while other programs need room.</source>
        <translation>Das System darf sie nicht auslagern, wenn andere Programme Platz brauchen.</translation>
    </message>
    <message>
        <source>The system prompt was left out.</source>
        <translation>Die Anweisungen (System-Prompt) wurden weggelassen.</translation>
    </message>
    <message>
        <source>The text of some chapters is encrypted and was left out.</source>
        <translation>Der Text einiger Kapitel ist verschlüsselt und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>The text of {pages} pages could not be recognised.</source>
        <translation>Seiten, deren Text nicht erkannt werden konnte: {pages}.</translation>
    </message>
    <message>
        <source>The title was given up for your message.</source>
        <translation>Der Titel wurde für Ihre Nachricht aufgegeben.</translation>
    </message>
    <message>
        <source>The weights of {name} are in a form that can run code on this computer when it is read ({file}), so it is never opened.</source>
        <translation>Die Gewichte von {name} haben eine Form, die beim Lesen Code auf diesem Rechner ausführen kann ({file}); deshalb werden sie nie geöffnet.</translation>
    </message>
    <message>
        <source>The zip file {name} is damaged.</source>
        <translation>Die ZIP-Datei {name} ist beschädigt.</translation>
    </message>
    <message>
        <source>The {name} cannot be used. {problem}</source>
        <translation>Nicht verwendbar: {name}. {problem}</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Then it is made to answer</source>
        <translation>Danach muss es antworten</translation>
    </message>
    <message>
        <source>There are no characters between these brackets.</source>
        <translation>Zwischen diesen Klammern stehen keine Zeichen.</translation>
    </message>
    <message>
        <source>There are no conversations in {name}.</source>
        <translation>In {name} sind keine Unterhaltungen.</translation>
    </message>
    <message>
        <source>There are no conversations of ChatGPT in {name}.</source>
        <translation>In {name} sind keine Unterhaltungen von ChatGPT.</translation>
    </message>
    <message>
        <source>There are no two replies to vote on.</source>
        <translation>Es gibt keine zwei Antworten, über die abgestimmt werden könnte.</translation>
    </message>
    <message>
        <source>There are no votes yet. Open a comparison to give one.</source>
        <translation>Es gibt noch keine Stimmen. Einen Vergleich öffnen, um abzustimmen.</translation>
    </message>
    <message>
        <source>There are no words in it.</source>
        <translation>Darin steht nichts.</translation>
    </message>
    <message>
        <source>There are too many ways to begin what stands here.</source>
        <translation>Es gibt zu viele Arten, mit dem zu beginnen, was hier steht.</translation>
    </message>
    <message>
        <source>There are {count:,} examples; at most {most} fit.</source>
        <translation>Es sind {count:,} Beispiele; höchstens {most} passen.</translation>
    </message>
    <message>
        <source>There are: {names}.</source>
        <translation>Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is a character here that cannot be used (NUL).</source>
        <translation>Hier steht ein Zeichen, das nicht verwendet werden kann (NUL).</translation>
    </message>
    <message>
        <source>There is a collection “{name}” already.</source>
        <translation>Es gibt schon eine Sammlung „{name}“.</translation>
    </message>
    <message>
        <source>There is a file “{name}” already. Replace it?</source>
        <translation>Es gibt schon eine Datei „{name}“. Ersetzen?</translation>
    </message>
    <message>
        <source>There is a preset named “{title}” already.</source>
        <translation>Es gibt schon eine Vorlage mit dem Namen „{title}“.</translation>
    </message>
    <message>
        <source>There is a preset “{name}” again.</source>
        <translation>Es gibt wieder eine Vorlage „{name}“.</translation>
    </message>
    <message>
        <source>There is half a character in it, which is no text.</source>
        <translation>Darin ist ein halbes Zeichen, das kein Text ist.</translation>
    </message>
    <message>
        <source>There is half of a character here (a surrogate without its pair); no text can hold it.</source>
        <translation>Hier steht ein halbes Zeichen (ein Surrogat ohne sein Gegenstück); kein Text kann es enthalten.</translation>
    </message>
    <message>
        <source>There is no collection “{name}”.</source>
        <translation>Es gibt keine Sammlung „{name}“.</translation>
    </message>
    <message>
        <source>There is no comparison “{id}”.</source>
        <translation>Es gibt keinen Vergleich „{id}“.</translation>
    </message>
    <message>
        <source>There is no conversation “{id}”.</source>
        <translation>Es gibt keine Unterhaltung „{id}“.</translation>
    </message>
    <message>
        <source>There is no conversation “{name}”.</source>
        <translation>Es gibt keine Unterhaltung „{name}“.</translation>
    </message>
    <message>
        <source>There is no file or folder {name}.</source>
        <translation>Es gibt keine Datei und keinen Ordner {name}.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>There is no message “{name}”.</source>
        <translation>Es gibt keine Nachricht „{name}“.</translation>
    </message>
    <message>
        <source>There is no model named “{removed}” among the removed ones.</source>
        <translation>Unter den entfernten Modellen gibt es keines namens „{removed}“.</translation>
    </message>
    <message>
        <source>There is no model named “{wished}”.</source>
        <translation>Es gibt kein Modell namens „{wished}“.</translation>
    </message>
    <message>
        <source>There is no model named “{wished}”: no model is here yet.</source>
        <translation>Es gibt kein Modell namens „{wished}“: Noch ist kein Modell da.</translation>
    </message>
    <message>
        <source>There is no older part to summarise: the newest exchange stays as it is.</source>
        <translation>Es gibt keinen älteren Teil zum Zusammenfassen: Der neueste Wechsel bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>There is no preset “{name}”.</source>
        <translation>Es gibt keine Vorlage „{name}“.</translation>
    </message>
    <message>
        <source>There is no question here that could be answered again.</source>
        <translation>Hier ist keine Frage, die noch einmal beantwortet werden könnte.</translation>
    </message>
    <message>
        <source>There is no question here yet. Write one first.</source>
        <translation>Hier gibt es noch keine Frage. Zuerst eine schreiben.</translation>
    </message>
    <message>
        <source>There is no reply here that could be gone on with.</source>
        <translation>Hier ist keine Antwort, die fortgesetzt werden könnte.</translation>
    </message>
    <message>
        <source>There is no room for {name}: it needs {needed}; {free} is free.</source>
        <translation>Für {name} ist kein Platz: Es braucht {needed}; {free} sind frei.</translation>
    </message>
    <message>
        <source>There is no rule named “root”, with which a reply begins.</source>
        <translation>Es gibt keine Regel mit dem Namen „root“, mit der eine Antwort beginnt.</translation>
    </message>
    <message>
        <source>There is no rule named “{name}”.</source>
        <translation>Es gibt keine Regel mit dem Namen „{name}“.</translation>
    </message>
    <message>
        <source>There is no setting named &quot;{name}&quot;.</source>
        <translation>Es gibt keine Einstellung namens „{name}“.</translation>
    </message>
    <message>
        <source>There is no setting of sampling named “{name}”.</source>
        <translation>Es gibt keine Einstellung der Wortwahl mit dem Namen „{name}“.</translation>
    </message>
    <message>
        <source>There is no text in “{name}”.</source>
        <translation>„{name}“ enthält keinen Text.</translation>
    </message>
    <message>
        <source>There is no text to add.</source>
        <translation>Es gibt keinen Text zum Hinzufügen.</translation>
    </message>
    <message>
        <source>There is not enough memory for the projector {name}.</source>
        <translation>Für den Projektor {name} reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory for the weights of {name}.</source>
        <translation>Für die Gewichte von {name} reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory for {name} with a conversation length of {context:,} tokens.</source>
        <translation>Für {name} mit einer Unterhaltung von {context:,} Token reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>There is nothing before this that could be repeated.</source>
        <translation>Davor steht nichts, was wiederholt werden könnte.</translation>
    </message>
    <message>
        <source>There is nothing in it.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>There is nothing to answer.</source>
        <translation>Es gibt nichts zu beantworten.</translation>
    </message>
    <message>
        <source>There is nothing to do. The damaged file is kept as {aside}; delete it once you are sure that you miss nothing.</source>
        <translation>Es ist nichts zu tun. Die beschädigte Datei ist als {aside} aufgehoben; sie kann gelöscht werden, sobald sicher nichts fehlt.</translation>
    </message>
    <message>
        <source>There is nothing to make again; ask for another reply instead.</source>
        <translation>Es gibt nichts, was sich wiederholen ließe; stattdessen lässt sich eine andere Antwort anfordern.</translation>
    </message>
    <message>
        <source>There is nothing to remove; its file is untouched.</source>
        <translation>Es gibt nichts zu entfernen; die Datei bleibt unberührt.</translation>
    </message>
    <message>
        <source>There is nothing to summarise yet.</source>
        <translation>Es gibt noch nichts zusammenzufassen.</translation>
    </message>
    <message>
        <source>There is {names}.</source>
        <translation>Es gibt {names}.</translation>
    </message>
    <message>
        <source>These are {count:,} characters; at most {most:,} can be used. Shorten it, or leave parts of it out.</source>
        <translation>Das sind {count:,} Zeichen; höchstens {most:,} sind möglich. Kürzen oder Teile weglassen.</translation>
    </message>
    <message>
        <source>These are {count:,} choices; a reply can be held to at most {most}.</source>
        <translation>Das sind {count:,} Möglichkeiten; eine Antwort lässt sich an höchstens {most} binden.</translation>
    </message>
    <message>
        <source>These have no effect with the settings above.</source>
        <translation>Diese haben mit den Einstellungen darüber keine Wirkung.</translation>
    </message>
    <message>
        <source>These messages were put back already, or deleted for good.</source>
        <translation>Diese Nachrichten wurden schon zurückgeholt oder endgültig gelöscht.</translation>
    </message>
    <message>
        <source>They are written one after another. Each stays beside the question.</source>
        <translation>Sie werden nacheinander geschrieben. Jede bleibt bei der Frage.</translation>
    </message>
    <message>
        <source>They are written one after the other.</source>
        <translation>Sie werden nacheinander geschrieben.</translation>
    </message>
    <message>
        <source>They do not agree on an answer: {answers}.</source>
        <translation>Sie kommen zu verschiedenen Ergebnissen: {answers}.</translation>
    </message>
    <message>
        <source>They share about {share} % of their words.</source>
        <translation>Etwa {share} % der Wörter sind gleich.</translation>
    </message>
    <message>
        <source>Think before answering</source>
        <translation>Vor dem Antworten nachdenken</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Thinking …</source>
        <translation>Denkt nach …</translation>
    </message>
    <message>
        <source>Thinking … {time}</source>
        <translation>Denkt nach … {time}</translation>
    </message>
    <message>
        <source>Thinks</source>
        <comment>the model</comment>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Thinks first</source>
        <translation>Denkt zuerst nach</translation>
    </message>
    <message>
        <source>This can be used.</source>
        <translation>Das ist verwendbar.</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>Dieser Chat</translation>
    </message>
    <message>
        <source>This chat has outgrown the model&apos;s context: it takes {tokens:,} tokens, and {limit:,} are free beside the room for the reply. Nothing was sent to the model.</source>
        <translation>Dieser Chat ist über den Kontext des Modells hinausgewachsen: Er braucht {tokens:,} Token, und neben dem Platz für die Antwort sind {limit:,} frei. Dem Modell wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>This chat is being deleted for good.</source>
        <translation>Dieser Chat wird gerade endgültig gelöscht.</translation>
    </message>
    <message>
        <source>This chat was kept already.</source>
        <translation>Dieser Chat ist schon behalten.</translation>
    </message>
    <message>
        <source>This collection is not in the trash.</source>
        <translation>Diese Sammlung ist nicht im Papierkorb.</translation>
    </message>
    <message>
        <source>This collection is not there any more.</source>
        <translation>Diese Sammlung ist nicht mehr da.</translation>
    </message>
    <message>
        <source>This computer cannot compute on {device}, as was asked for {name}.</source>
        <translation>Dieser Rechner kann nicht auf {device} rechnen, wie es für {name} verlangt war.</translation>
    </message>
    <message>
        <source>This conversation is not in the trash.</source>
        <translation>Diese Unterhaltung ist nicht im Papierkorb.</translation>
    </message>
    <message>
        <source>This desktop has no system tray, so closing the window ends the program.</source>
        <translation>Diese Arbeitsumgebung hat keinen Infobereich; wird das Fenster geschlossen, endet das Programm.</translation>
    </message>
    <message>
        <source>This edition of JSON Schema is not known. Leave “$schema” out, or name one from draft 4 to 2020-12 at the outermost level.</source>
        <translation>Diese Ausgabe von JSON Schema ist nicht bekannt. „$schema“ weglassen oder auf der äußersten Ebene eine von Draft 4 bis 2020-12 nennen.</translation>
    </message>
    <message>
        <source>This file could not be read.</source>
        <translation>Diese Datei konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>This folder, file or text is not in the collection any more.</source>
        <translation>Dieser Ordner, diese Datei oder dieser Text ist nicht mehr in der Sammlung.</translation>
    </message>
    <message>
        <source>This happens by itself; your documents are safe in the data file.</source>
        <translation>Das geschieht von selbst; die Dokumente sind in der Datendatei sicher.</translation>
    </message>
    <message>
        <source>This index of the collection was replaced meanwhile.</source>
        <translation>Dieser Index der Sammlung wurde inzwischen ersetzt.</translation>
    </message>
    <message>
        <source>This is a base model without a chat template: it continues your text rather than answering it.</source>
        <translation>Dies ist ein Basismodell ohne Chatvorlage: Es setzt den Text fort, statt zu antworten.</translation>
    </message>
    <message>
        <source>This is a fault of ours. Please report it with its details.</source>
        <translation>Das ist unser Fehler. Bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>This is a fault of the program. Copy the details and report them.</source>
        <translation>Das ist ein Fehler des Programms. Bitte die Details kopieren und melden.</translation>
    </message>
    <message>
        <source>This is a message of yours, not a reply.</source>
        <translation>Dies ist eine Ihrer Nachrichten, keine Antwort.</translation>
    </message>
    <message>
        <source>This is a new chat, with all that was said up to there.</source>
        <translation>Dies ist ein neuer Chat mit allem, was bis dahin gesagt wurde.</translation>
    </message>
    <message>
        <source>This is in another version of the chat.</source>
        <translation>Das steht in einer anderen Fassung des Chats.</translation>
    </message>
    <message>
        <source>This is not JSON: {problem}.</source>
        <translation>Das ist kein JSON: {problem}.</translation>
    </message>
    <message>
        <source>This is not a JSON schema. {problem}</source>
        <translation>Das ist kein JSON-Schema. {problem}</translation>
    </message>
    <message>
        <source>This message does not wait any more.</source>
        <translation>Diese Nachricht wartet nicht mehr.</translation>
    </message>
    <message>
        <source>This message takes about {tokens:,} tokens, and {limit:,} are free beside the room for the reply.</source>
        <translation>Diese Nachricht braucht etwa {tokens:,} Token, und neben dem Platz für die Antwort sind {limit:,} frei.</translation>
    </message>
    <message>
        <source>This message went with the one that you deleted just before.</source>
        <translation>Diese Nachricht ging mit der eben gelöschten verloren.</translation>
    </message>
    <message>
        <source>This message with its instructions takes {tokens:,} tokens, and {limit:,} are free beside the room for the reply.</source>
        <translation>Diese Nachricht mit ihren Anweisungen braucht {tokens:,} Token, und neben dem Platz für die Antwort sind {limit:,} frei.</translation>
    </message>
    <message>
        <source>This model cannot see pictures.</source>
        <translation>Dieses Modell kann keine Bilder sehen.</translation>
    </message>
    <message numerus="yes">
        <source>This model cannot see pictures; it was only told that a picture came before.</source>
        <comment>This model cannot see pictures; it was only told that %n pictures came before.</comment>
        <translation>
            <numerusform>Dieses Modell kann keine Bilder sehen; ihm wurde nur gesagt, dass zuvor ein Bild kam.</numerusform>
            <numerusform>Dieses Modell kann keine Bilder sehen; ihm wurde nur gesagt, dass zuvor %n Bilder kamen.</numerusform>
        </translation>
    </message>
    <message>
        <source>This model does not think before it answers.</source>
        <translation>Dieses Modell denkt nicht nach, bevor es antwortet.</translation>
    </message>
    <message>
        <source>This model is not in the trash any more.</source>
        <translation>Dieses Modell ist nicht mehr im Papierkorb.</translation>
    </message>
    <message>
        <source>This model must read a picture of {needed} tokens at once, but its batch holds {batch}.</source>
        <translation>Dieses Modell muss ein Bild von {needed} Token auf einmal lesen, sein Leseschritt fasst aber nur {batch}.</translation>
    </message>
    <message>
        <source>This model takes no system prompt, so it was put before the preset&apos;s first example.</source>
        <translation>Dieses Modell nimmt keinen System-Prompt an; deshalb steht er vor dem ersten Beispiel der Vorlage.</translation>
    </message>
    <message>
        <source>This model takes no system prompt, so it was put before your first message.</source>
        <translation>Dieses Modell nimmt keinen System-Prompt an; deshalb steht er vor der ersten Nachricht.</translation>
    </message>
    <message>
        <source>This model thinks all the same: its thinking cannot be switched off.</source>
        <translation>Dieses Modell denkt trotzdem nach: Sein Nachdenken lässt sich nicht abschalten.</translation>
    </message>
    <message>
        <source>This model&apos;s own chat template cannot be used; a common one is used instead.</source>
        <translation>Die eigene Chatvorlage dieses Modells ist nicht verwendbar; stattdessen wird eine gängige verwendet.</translation>
    </message>
    <message>
        <source>This model&apos;s own chat template cannot be used; it continues your text instead.</source>
        <translation>Die eigene Chatvorlage dieses Modells ist nicht verwendbar; stattdessen setzt es den Text fort.</translation>
    </message>
    <message>
        <source>This needs {tokens} tokens, but the model sees only {limit} at once.</source>
        <translation>Das braucht {tokens} Token, das Modell sieht aber nur {limit} auf einmal.</translation>
    </message>
    <message>
        <source>This number is too large to be used.</source>
        <translation>Diese Zahl ist zu groß, um verwendet zu werden.</translation>
    </message>
    <message>
        <source>This one filled the context after {place}; up to there both are the same.</source>
        <translation>Diese füllte nach {place} den Kontext; bis dahin sind beide gleich.</translation>
    </message>
    <message>
        <source>This one filled the context before its first word, so there is nothing to compare.</source>
        <translation>Diese füllte vor ihrem ersten Wort den Kontext; es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>This one reached its length limit after {place}; up to there both are the same.</source>
        <translation>Diese erreichte nach {place} ihre Längengrenze; bis dahin sind beide gleich.</translation>
    </message>
    <message>
        <source>This one reached its length limit before its first word, so there is nothing to compare.</source>
        <translation>Diese erreichte vor ihrem ersten Wort die Längengrenze; es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>This one was stopped after {place}; up to there both are the same.</source>
        <translation>Diese wurde nach {place} angehalten; bis dahin sind beide gleich.</translation>
    </message>
    <message>
        <source>This one was stopped before its first word, so there is nothing to compare.</source>
        <translation>Diese wurde vor ihrem ersten Wort angehalten; es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>This picture cannot be shown here; its file is kept as it is.</source>
        <translation>Dieses Bild lässt sich hier nicht anzeigen; die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>This program is offline, and something tried to open a connection.</source>
        <translation>Dieses Programm ist offline, und etwas wollte eine Verbindung öffnen.</translation>
    </message>
    <message>
        <source>This reply could not be finished.</source>
        <translation>Diese Antwort konnte nicht fertiggestellt werden.</translation>
    </message>
    <message>
        <source>This reply is not being saved at the moment. {reason}</source>
        <translation>Diese Antwort wird zurzeit nicht gespeichert. {reason}</translation>
    </message>
    <message>
        <source>This reply is not saved yet. It can be continued once it is.</source>
        <translation>Diese Antwort ist noch nicht gespeichert. Danach lässt sie sich fortsetzen.</translation>
    </message>
    <message>
        <source>This reply was stopped before its first word.</source>
        <translation>Diese Antwort wurde vor ihrem ersten Wort angehalten.</translation>
    </message>
    <message>
        <source>This reply was written in two parts.</source>
        <translation>Diese Antwort wurde in zwei Teilen geschrieben.</translation>
    </message>
    <message>
        <source>This room is not in this version. It comes with a later one.</source>
        <translation>Diesen Bereich gibt es in dieser Version noch nicht. Er kommt mit einer späteren.</translation>
    </message>
    <message>
        <source>This summary is no longer there.</source>
        <translation>Diese Zusammenfassung gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Thought for {time}</source>
        <translation>{time} nachgedacht</translation>
    </message>
    <message numerus="yes">
        <source>Thoughts · %n word</source>
        <comment>Thoughts · %n words</comment>
        <translation>
            <numerusform>Gedanken · %n Wort</numerusform>
            <numerusform>Gedanken · %n Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Knapp</translation>
    </message>
    <message>
        <source>Tight: needs {needs} of {has} free, which leaves little for other programs.</source>
        <translation>Knapp: braucht {needs} von {has}, die frei sind; für andere Programme bleibt wenig.</translation>
    </message>
    <message>
        <source>Title of the chat</source>
        <translation>Titel des Chats</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Today&apos;s backup could not be made. {error}</source>
        <translation>Die heutige Sicherung konnte nicht angelegt werden. {error}</translation>
    </message>
    <message>
        <source>Together with the summary of the oldest messages this message does not fit into the model&apos;s context, so the model did not see the summary. Shorten it in the chat, or choose a longer conversation length for the model.</source>
        <translation>Zusammen mit der Zusammenfassung der ältesten Nachrichten passt diese Nachricht nicht in den Kontext des Modells, darum hat das Modell die Zusammenfassung nicht gesehen. Sie lässt sich im Chat kürzen; oder eine größere Länge der Unterhaltung für das Modell wählen.</translation>
    </message>
    <message>
        <source>Tokens of a prompt read in one go. Smaller steps hear Stop sooner.</source>
        <translation>Token eines Prompts, die auf einmal gelesen werden. Kleinere Schritte hören eher auf Anhalten.</translation>
    </message>
    <message>
        <source>Too big for the graphics card: needs {card} there; {card_has} is free. Put fewer layers on it.</source>
        <translation>Zu groß für die Grafikkarte: braucht dort {card}; {card_has} sind frei. Weniger Schichten auf die Grafikkarte legen.</translation>
    </message>
    <message>
        <source>Too big: needs {needs}; {has} is free. Try a shorter conversation length ({context:,} tokens would fit) or a smaller version of the model.</source>
        <translation>Zu groß: braucht {needs}; {has} sind frei. Eine kürzere Länge der Unterhaltung ({context:,} Token würden passen) oder eine kleinere Fassung des Modells versuchen.</translation>
    </message>
    <message>
        <source>Too big: needs {needs}; {has} is free. Try a smaller version of the model.</source>
        <translation>Zu groß: braucht {needs}; {has} sind frei. Eine kleinere Fassung des Modells versuchen.</translation>
    </message>
    <message>
        <source>Too little was written to tell a speed.</source>
        <translation>Es wurde zu wenig geschrieben, um ein Tempo zu nennen.</translation>
    </message>
    <message>
        <source>Too long to format: from here on, the text is shown as it was written.</source>
        <translation>Zu lang zum Formatieren: Ab hier steht der Text so da, wie er geschrieben wurde.</translation>
    </message>
    <message>
        <source>Took to load</source>
        <translation>Ladezeit</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>Übersetzen</translation>
    </message>
    <message>
        <source>Translates into the language you name, otherwise into English.</source>
        <translation>Übersetzt in die genannte Sprache, sonst ins Englische.</translation>
    </message>
    <message>
        <source>Translator</source>
        <translation>Übersetzer</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Trash of chats</source>
        <translation>Papierkorb der Chats</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again later; if it happens again, add another GGUF model by hand.</source>
        <translation>Später noch einmal versuchen; geschieht es wieder, ein anderes GGUF-Modell von Hand hinzufügen.</translation>
    </message>
    <message>
        <source>Try again when nothing writes to it.</source>
        <translation>Noch einmal versuchen, wenn nichts mehr in die Datei schreibt.</translation>
    </message>
    <message>
        <source>Try again, or choose another model for it.</source>
        <translation>Noch einmal versuchen oder ein anderes Modell dafür wählen.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again; if it stays so, choose the collection&apos;s embedding model again.</source>
        <translation>Noch einmal versuchen; bleibt es so, das Einbettungsmodell der Sammlung neu wählen.</translation>
    </message>
    <message>
        <source>Try another file of the same model.</source>
        <translation>Eine andere Datei desselben Modells versuchen.</translation>
    </message>
    <message>
        <source>Turns above which positions are left as they are, for YaRN.</source>
        <translation>Umdrehungen, über denen Positionen bleiben, wie sie sind, für YaRN.</translation>
    </message>
    <message>
        <source>Turns below which positions are squeezed fully, for YaRN.</source>
        <translation>Umdrehungen, unter denen Positionen ganz gestaucht werden, für YaRN.</translation>
    </message>
    <message>
        <source>Two presets are named “{title}”: {first}.json and {second}.json. Give one of them another name.</source>
        <translation>Zwei Vorlagen heißen „{title}“: {first}.json und {second}.json. Einer davon einen anderen Namen geben.</translation>
    </message>
    <message>
        <source>Typical words only</source>
        <translation>Nur typische Wörter</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo that first to have it back.</source>
        <translation>Zuerst das Löschen rückgängig machen, dann ist sie wieder da.</translation>
    </message>
    <message>
        <source>Undo the last removal</source>
        <translation>Letztes Entfernen rückgängig machen</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Aufklappen</translation>
    </message>
    <message>
        <source>Unpack it and add the .gguf file that is inside.</source>
        <translation>Auspacken und die enthaltene .gguf-Datei hinzufügen.</translation>
    </message>
    <message>
        <source>Unpack it with another program, then import conversations.json.</source>
        <translation>Sie mit einem anderen Programm entpacken, dann conversations.json importieren.</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Up and Down choose, Enter does it, Esc closes</source>
        <translation>Auf und Ab wählen, Eingabe führt aus, Esc schließt</translation>
    </message>
    <message>
        <source>Up to {count} files with each message: texts up to {text}, pictures up to {picture} and {pixels} megapixels.</source>
        <translation>Bis zu {count} Dateien mit jeder Nachricht: Texte bis {text}, Bilder bis {picture} und {pixels} Megapixel.</translation>
    </message>
    <message>
        <source>Update the program, then import it again.</source>
        <translation>Das Programm aktualisieren und sie dann noch einmal importieren.</translation>
    </message>
    <message>
        <source>Update this program.</source>
        <translation>Dieses Programm aktualisieren.</translation>
    </message>
    <message>
        <source>Use a Python whose SQLite has FTS5, such as the one from python.org.</source>
        <translation>Ein Python verwenden, dessen SQLite FTS5 hat, etwa das von python.org.</translation>
    </message>
    <message>
        <source>Use a Python with SQLite 3.34 or newer, such as the one from python.org.</source>
        <translation>Ein Python mit SQLite 3.34 oder neuer verwenden, etwa das von python.org.</translation>
    </message>
    <message>
        <source>Use the whole text again</source>
        <translation>Wieder den ganzen Text verwenden</translation>
    </message>
    <message>
        <source>Use “$ref” with a name under “$defs”.</source>
        <translation>„$ref“ mit einem Namen unter „$defs“ verwenden.</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Übliche Textgröße</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Varied and surprising. For stories and ideas.</source>
        <translation>Abwechslungsreich und überraschend. Für Geschichten und Ideen.</translation>
    </message>
    <message>
        <source>Variety limit</source>
        <translation>Grenze der Vielfalt</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Fassung {number}</translation>
    </message>
    <message>
        <source>Version {number}  (now)</source>
        <translation>Fassung {number}  (jetzt)</translation>
    </message>
    <message>
        <source>Version {number} is the first.</source>
        <translation>Fassung {number} ist die erste.</translation>
    </message>
    <message>
        <source>Version {number} of {total}</source>
        <translation>Fassung {number} von {total}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Fassungen</translation>
    </message>
    <message>
        <source>Very little</source>
        <translation>Sehr wenig</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Vote</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>Votes will be counted and comparisons listed here. Begin one with “Compare…” in the menu of a chat.</source>
        <translation>Hier werden Stimmen gezählt und Vergleiche aufgeführt. Einer beginnt mit „Vergleichen …“ im Menü eines Chats.</translation>
    </message>
    <message>
        <source>Wait a moment, or end the other program, then start again.</source>
        <translation>Einen Moment warten oder das andere Programm beenden, dann neu starten.</translation>
    </message>
    <message>
        <source>Wait for it to finish or close it, then try again.</source>
        <translation>Warten, bis es fertig ist, oder es schließen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Wait for it to finish, or stop it first.</source>
        <translation>Warten, bis sie fertig ist, oder sie zuerst anhalten.</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it; then keep the chat.</source>
        <translation>Ihr Ende abwarten oder sie stoppen; dann den Chat behalten.</translation>
    </message>
    <message>
        <source>Wait for the end of that reply, then try again.</source>
        <translation>Das Ende jener Antwort abwarten, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Wait until it is done there, then look at the list.</source>
        <translation>Warten, bis es dort fertig ist, dann in die Liste sehen.</translation>
    </message>
    <message>
        <source>Wait until its download is complete and add it again.</source>
        <translation>Warten, bis der Download fertig ist, und es noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>Wait until that is finished, and try again.</source>
        <translation>Warten, bis das fertig ist, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Waiting for the other side</source>
        <translation>Wartet auf die andere Seite</translation>
    </message>
    <message>
        <source>Waiting messages</source>
        <translation>Wartende Nachrichten</translation>
    </message>
    <message>
        <source>Weight of attention</source>
        <translation>Gewicht der Attention</translation>
    </message>
    <message>
        <source>What both are to answer</source>
        <translation>Was beide beantworten sollen</translation>
    </message>
    <message>
        <source>What happens when a chat is longer than the model can see at once.</source>
        <translation>Was geschieht, wenn ein Chat länger ist, als das Modell auf einmal sehen kann.</translation>
    </message>
    <message>
        <source>What is above no longer fits into its context; nothing of it is lost.</source>
        <translation>Was darüber steht, passt nicht mehr in seinen Kontext; verloren ist nichts davon.</translation>
    </message>
    <message>
        <source>What is above was told to it as a summary.</source>
        <translation>Was darüber steht, hat es als Zusammenfassung erhalten.</translation>
    </message>
    <message>
        <source>What is on your mind?</source>
        <translation>Worum geht es?</translation>
    </message>
    <message>
        <source>What it does and where it may fail</source>
        <translation>Was er tut und wo er scheitern kann</translation>
    </message>
    <message>
        <source>What it has read is kept while you go on; after a change it may have to read all again.</source>
        <translation>Was es gelesen hat, bleibt beim Fortfahren erhalten; nach einer Änderung muss es womöglich alles neu lesen.</translation>
    </message>
    <message>
        <source>What it has read is kept; only what changed is read again.</source>
        <translation>Was es gelesen hat, bleibt erhalten; nur Geändertes wird neu gelesen.</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wofür sie ist</translation>
    </message>
    <message>
        <source>What it read</source>
        <translation>Was es gelesen hat</translation>
    </message>
    <message>
        <source>What it sent could not be read: {fault}</source>
        <translation>Was sie sandte, war nicht lesbar: {fault}</translation>
    </message>
    <message>
        <source>What stands before the “@” is a name to log in with, and not the site.</source>
        <translation>Was vor dem „@“ steht, ist ein Name zum Anmelden und nicht die Seite.</translation>
    </message>
    <message>
        <source>What stands here now stays as a version of its own.</source>
        <translation>Was jetzt hier steht, bleibt als eigene Fassung.</translation>
    </message>
    <message>
        <source>What suits the model</source>
        <translation>Was zum Modell passt</translation>
    </message>
    <message>
        <source>What the model read for this reply, to the letter: {characters} characters.</source>
        <translation>Was das Modell für diese Antwort gelesen hat, Buchstabe für Buchstabe: {characters} Zeichen.</translation>
    </message>
    <message>
        <source>What the model read for this reply, to the letter: {tokens} tokens, {characters} characters.</source>
        <translation>Was das Modell für diese Antwort gelesen hat, Buchstabe für Buchstabe: {tokens} Token, {characters} Zeichen.</translation>
    </message>
    <message>
        <source>What the model was trained with, for YaRN.</source>
        <translation>Womit das Modell trainiert wurde, für YaRN.</translation>
    </message>
    <message>
        <source>What these messages answered was removed, too.</source>
        <translation>Worauf diese Nachrichten antworteten, wurde auch entfernt.</translation>
    </message>
    <message>
        <source>What this version changed</source>
        <translation>Was diese Fassung geändert hat</translation>
    </message>
    <message>
        <source>What version {number} changed</source>
        <translation>Was Fassung {number} geändert hat</translation>
    </message>
    <message>
        <source>What was fetched for {name} is not what it should be, so it was thrown away.</source>
        <translation>Was für {name} geholt wurde, ist nicht, was es sein sollte, und wurde verworfen.</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Gefundenes</translation>
    </message>
    <message>
        <source>What was written after that is only in the damaged file, {aside}. Keep that file if you miss something: someone who knows SQLite may still get text out of it.</source>
        <translation>Was danach geschrieben wurde, steht nur in der beschädigten Datei {aside}. Diese Datei behalten, wenn etwas fehlt: Wer SQLite kennt, kann vielleicht noch Text daraus holen.</translation>
    </message>
    <message>
        <source>What you had written is only in the damaged file, {aside}. Keep that file: someone who knows SQLite may still get text out of it.</source>
        <translation>Was Sie geschrieben hatten, steht nur in der beschädigten Datei {aside}. Diese Datei behalten: Wer SQLite kennt, kann vielleicht noch Text daraus holen.</translation>
    </message>
    <message>
        <source>What you wrote is kept there.</source>
        <translation>Das Geschriebene ist dort aufbewahrt.</translation>
    </message>
    <message>
        <source>What {name} says was removed meanwhile.</source>
        <translation>Der Inhalt von {name} wurde inzwischen entfernt.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>When a chat outgrows the context</source>
        <translation>Wenn ein Chat den Kontext übersteigt</translation>
    </message>
    <message>
        <source>When off, they show the chat&apos;s title alone; a lock screen may show them too.</source>
        <translation>Sonst zeigen sie nur den Titel des Chats; auch ein Sperrbildschirm kann sie zeigen.</translation>
    </message>
    <message>
        <source>When the chat outgrows the context</source>
        <translation>Wenn der Chat länger wird als der Kontext</translation>
    </message>
    <message>
        <source>When the chat outgrows the context:</source>
        <translation>Wenn der Chat länger wird als der Kontext:</translation>
    </message>
    <message>
        <source>When the chat outgrows the context…</source>
        <translation>Wenn der Chat länger wird als der Kontext …</translation>
    </message>
    <message>
        <source>Whether the model thinks before it answers, where it can</source>
        <translation>Ob das Modell nachdenkt, bevor es antwortet, wenn es das kann</translation>
    </message>
    <message>
        <source>Which model answers in a new chat.</source>
        <translation>Welches Modell in einem neuen Chat antwortet.</translation>
    </message>
    <message>
        <source>Which reply is better?</source>
        <translation>Welche Antwort ist besser?</translation>
    </message>
    <message>
        <source>While writing a message</source>
        <translation>Beim Schreiben einer Nachricht</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Breit</translation>
    </message>
    <message>
        <source>Window geometry</source>
        <translation>Fenstergeometrie</translation>
    </message>
    <message>
        <source>With all of this, the same machine and the same engine write the same text again.</source>
        <translation>Mit all dem schreiben derselbe Rechner und derselbe Rechenkern denselben Text noch einmal.</translation>
    </message>
    <message>
        <source>With the program open, it is saved by itself once that works. Closing now loses what is not saved of it.</source>
        <translation>Bleibt das Programm offen, wird sie von selbst gespeichert, sobald das wieder geht. Wird jetzt geschlossen, geht verloren, was davon nicht gespeichert ist.</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Withdraw: {words}</source>
        <translation>Zurückziehen: {words}</translation>
    </message>
    <message>
        <source>Withdrawn.</source>
        <translation>Zurückgezogen.</translation>
    </message>
    <message>
        <source>Words become less likely once they are used</source>
        <translation>Wörter werden unwahrscheinlicher, sobald sie vorgekommen sind</translation>
    </message>
    <message>
        <source>Words become less likely once they are used.</source>
        <translation>Wörter werden unwahrscheinlicher, sobald sie vorgekommen sind.</translation>
    </message>
    <message>
        <source>Words become less likely with every use</source>
        <translation>Wörter werden mit jedem Vorkommen unwahrscheinlicher</translation>
    </message>
    <message>
        <source>Words become less likely with every use.</source>
        <translation>Wörter werden mit jedem Vorkommen unwahrscheinlicher.</translation>
    </message>
    <message>
        <source>Words that might have stood there, with their likelihood</source>
        <translation>Wörter, die dort hätten stehen können, mit ihrer Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Write a friendly note that moves a meeting to Thursday.</source>
        <translation>Schreibe eine freundliche Nachricht, die ein Treffen auf Donnerstag verlegt.</translation>
    </message>
    <message>
        <source>Write a grammar, or begin with an example.</source>
        <translation>Eine Grammatik schreiben oder mit einem Beispiel beginnen.</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Write a message first.</source>
        <translation>Zuerst eine Nachricht schreiben.</translation>
    </message>
    <message>
        <source>Write a message to go on from here.</source>
        <translation>Eine Nachricht schreiben, um von hier aus fortzufahren.</translation>
    </message>
    <message>
        <source>Write a reply</source>
        <translation>Antwort schreiben</translation>
    </message>
    <message>
        <source>Write a schema, or begin with an example.</source>
        <translation>Ein Schema schreiben oder mit einem Beispiel beginnen.</translation>
    </message>
    <message>
        <source>Write another reply</source>
        <translation>Eine andere Antwort schreiben</translation>
    </message>
    <message>
        <source>Write it as it stands in a preset&apos;s file, such as [&quot;one&quot;, &quot;two&quot;].</source>
        <translation>So schreiben, wie es in der Datei einer Vorlage steht, etwa [&quot;eins&quot;, &quot;zwei&quot;].</translation>
    </message>
    <message>
        <source>Write on: it is sent after the reply in “{title}”</source>
        <translation>Weiterschreiben: Es wird nach der Antwort in „{title}“ gesendet</translation>
    </message>
    <message>
        <source>Write on: it is sent after this reply</source>
        <translation>Weiterschreiben: Es wird nach dieser Antwort gesendet</translation>
    </message>
    <message>
        <source>Write one, such as the subject of its documents.</source>
        <translation>Einen eingeben, etwa das Thema der Dokumente.</translation>
    </message>
    <message>
        <source>Write several replies</source>
        <translation>Mehrere Antworten schreiben</translation>
    </message>
    <message>
        <source>Write several replies…</source>
        <translation>Mehrere Antworten schreiben …</translation>
    </message>
    <message>
        <source>Write something, or remove the reply.</source>
        <translation>Etwas schreiben oder die Antwort entfernen.</translation>
    </message>
    <message>
        <source>Write something, or use the whole text again.</source>
        <translation>Etwas schreiben oder wieder den ganzen Text verwenden.</translation>
    </message>
    <message>
        <source>Write something, or withdraw it.</source>
        <translation>Etwas schreiben oder sie zurückziehen.</translation>
    </message>
    <message>
        <source>Writes and explains code, with the reasons.</source>
        <translation>Schreibt und erklärt Code, mit Begründung.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>Writing both replies</source>
        <translation>Beide Antworten werden geschrieben</translation>
    </message>
    <message>
        <source>Writing reply {number} of {count}</source>
        <translation>Antwort {number} von {count} wird geschrieben</translation>
    </message>
    <message>
        <source>Written at {speed} tokens a second; a token is about three quarters of a word.</source>
        <translation>Mit {speed} Token je Sekunde geschrieben; ein Token ist etwa drei Viertel eines Wortes.</translation>
    </message>
    <message>
        <source>Written in parts</source>
        <translation>In Teilen geschrieben</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Ja oder Nein</translation>
    </message>
    <message>
        <source>Yes or no, with a reason</source>
        <translation>Ja oder Nein, mit Begründung</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>You find it among your chats, or in the trash.</source>
        <translation>Er steht bei den Chats oder liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>Your chats are kept here, the newest on top. {keys} begins one.</source>
        <translation>Hier werden die Chats aufbewahrt, der neueste oben. {keys} beginnt einen.</translation>
    </message>
    <message>
        <source>Your data file was damaged and has been mended. All of it could still be read.</source>
        <translation>Die Datendatei war beschädigt und ist repariert. Alles war noch lesbar.</translation>
    </message>
    <message>
        <source>Your data file was damaged, and there is no good backup, so a new one was started.</source>
        <translation>Die Datendatei war beschädigt, und es gibt keine gute Sicherung; deshalb wurde eine neue begonnen.</translation>
    </message>
    <message>
        <source>Your data file was damaged, so the backup of {when} was restored.</source>
        <translation>Die Datendatei war beschädigt, deshalb wurde die Sicherung von {when} wiederhergestellt.</translation>
    </message>
    <message>
        <source>Your data file was damaged. What could still be read was kept, and the rest is as in the backup of {when}; some of what was written after that may be missing.</source>
        <translation>Die Datendatei war beschädigt. Was noch lesbar war, ist erhalten, der Rest ist wie in der Sicherung von {when}; manches, was danach geschrieben wurde, kann fehlen.</translation>
    </message>
    <message>
        <source>Your data file was damaged. What could still be read was kept; some of your data may be missing.</source>
        <translation>Die Datendatei war beschädigt. Was noch lesbar war, ist erhalten; manches kann fehlen.</translation>
    </message>
    <message>
        <source>Your data file was missing, and there is no good backup, so a new one was started.</source>
        <translation>Die Datendatei fehlte, und es gibt keine gute Sicherung; deshalb wurde eine neue begonnen.</translation>
    </message>
    <message>
        <source>Your data file was missing, so the backup of {when} was restored.</source>
        <translation>Die Datendatei fehlte, deshalb wurde die Sicherung von {when} wiederhergestellt.</translation>
    </message>
    <message>
        <source>Your data file {path} is damaged.</source>
        <translation>Die Datendatei {path} ist beschädigt.</translation>
    </message>
    <message>
        <source>Your data file {path} is damaged; no backup was made of it.</source>
        <translation>Die Datendatei {path} ist beschädigt; sie wurde nicht gesichert.</translation>
    </message>
    <message>
        <source>Your data must be brought up to date, but another window or terminal is using it.</source>
        <translation>Die Daten müssen auf den neuen Stand gebracht werden, aber ein anderes Fenster oder Terminal benutzt sie.</translation>
    </message>
    <message>
        <source>Your data must be restored from a backup, but another window or terminal is using it.</source>
        <translation>Die Daten müssen aus einer Sicherung wiederhergestellt werden, aber ein anderes Fenster oder Terminal benutzt sie.</translation>
    </message>
    <message>
        <source>Your data was last used by a newer version of Local AI Studio: {told}.</source>
        <translation>Die Daten wurden zuletzt von einer neueren Version von Local AI Studio benutzt: {told}.</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>Ihre Nachricht</translation>
    </message>
    <message>
        <source>Your own, their examples, and what they were</source>
        <translation>Eigene, ihre Beispiele und frühere Fassungen</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>a 7z archive</source>
        <translation>ein 7z-Archiv</translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation>ein JPEG-Bild</translation>
    </message>
    <message>
        <source>a JSON text</source>
        <translation>ein JSON-Text</translation>
    </message>
    <message>
        <source>a Keras or HDF5 file</source>
        <translation>eine Keras- oder HDF5-Datei</translation>
    </message>
    <message>
        <source>a Linux program</source>
        <translation>ein Linux-Programm</translation>
    </message>
    <message>
        <source>a LoRA adapter in the old GGML format</source>
        <translation>ein LoRA-Adapter im alten GGML-Format</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation>ein PNG-Bild</translation>
    </message>
    <message>
        <source>a Python pickle, which could run code when opened</source>
        <translation>ein Python-Pickle, das beim Öffnen Code ausführen könnte</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>ein RAR-Archiv</translation>
    </message>
    <message>
        <source>a Windows program</source>
        <translation>ein Windows-Programm</translation>
    </message>
    <message>
        <source>a brace that is no repetition; write it as {escaped}</source>
        <translation>eine Klammer, die keine Wiederholung ist; zu schreiben als {escaped}</translation>
    </message>
    <message>
        <source>a bzip2 archive</source>
        <translation>ein bzip2-Archiv</translation>
    </message>
    <message>
        <source>a class without characters</source>
        <translation>eine Klasse ohne Zeichen</translation>
    </message>
    <message>
        <source>a closing bracket without an opening one</source>
        <translation>eine schließende Klammer ohne eine öffnende</translation>
    </message>
    <message>
        <source>a colon is missing here</source>
        <translation>hier fehlt ein Doppelpunkt</translation>
    </message>
    <message>
        <source>a comma or the closing bracket is missing here</source>
        <translation>hier fehlt ein Komma oder die schließende Klammer</translation>
    </message>
    <message>
        <source>a comma stands before the closing bracket</source>
        <translation>vor der schließenden Klammer steht ein Komma</translation>
    </message>
    <message>
        <source>a group that begins with “?”</source>
        <translation>eine Gruppe, die mit „?“ beginnt</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>ein gzip-Archiv</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a list of at most {most} texts</source>
        <translation>eine Liste mit höchstens {most} Texten</translation>
    </message>
    <message>
        <source>a list of full folder names</source>
        <translation>eine Liste vollständiger Ordnernamen</translation>
    </message>
    <message>
        <source>a model in the old GGML format (before August 2023)</source>
        <translation>ein Modell im alten GGML-Format (vor August 2023)</translation>
    </message>
    <message>
        <source>a model in the old GGML format (ggjt, before August 2023)</source>
        <translation>ein Modell im alten GGML-Format (ggjt, vor August 2023)</translation>
    </message>
    <message>
        <source>a model in the old GGML format (ggmf, before August 2023)</source>
        <translation>ein Modell im alten GGML-Format (ggmf, vor August 2023)</translation>
    </message>
    <message>
        <source>a name in double quotes belongs here</source>
        <translation>hierher gehört ein Name in doppelten Anführungszeichen</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a range that is none</source>
        <translation>einen Bereich, der keiner ist</translation>
    </message>
    <message>
        <source>a repetition of more than {most:,} times</source>
        <translation>eine Wiederholung von mehr als {most:,} Mal</translation>
    </message>
    <message>
        <source>a repetition of nothing</source>
        <translation>eine Wiederholung von nichts</translation>
    </message>
    <message>
        <source>a repetition that is impossible</source>
        <translation>eine unmögliche Wiederholung</translation>
    </message>
    <message>
        <source>a safetensors file</source>
        <translation>eine safetensors-Datei</translation>
    </message>
    <message>
        <source>a setting&apos;s name</source>
        <translation>der Name einer Angabe</translation>
    </message>
    <message>
        <source>a tar archive</source>
        <translation>ein tar-Archiv</translation>
    </message>
    <message>
        <source>a tensor&apos;s name</source>
        <translation>der Name eines Tensors</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a text, or nothing</source>
        <translation>einen Text oder nichts</translation>
    </message>
    <message>
        <source>a value is missing here</source>
        <translation>hier fehlt ein Wert</translation>
    </message>
    <message>
        <source>a value of more than {most:,} characters</source>
        <translation>einen Wert von mehr als {most:,} Zeichen</translation>
    </message>
    <message>
        <source>a value of more than {most:,} parts</source>
        <translation>einen Wert aus mehr als {most:,} Teilen</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a zip archive or a PyTorch file</source>
        <translation>ein ZIP-Archiv oder eine PyTorch-Datei</translation>
    </message>
    <message>
        <source>a zstd archive</source>
        <translation>ein zstd-Archiv</translation>
    </message>
    <message>
        <source>adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>an empty list</source>
        <translation>eine leere Liste</translation>
    </message>
    <message>
        <source>an empty object</source>
        <translation>ein leeres Objekt</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an open bracket</source>
        <translation>eine offene Klammer</translation>
    </message>
    <message>
        <source>an open square bracket</source>
        <translation>eine offene eckige Klammer</translation>
    </message>
    <message>
        <source>an xz archive</source>
        <translation>ein xz-Archiv</translation>
    </message>
    <message>
        <source>another window is changing them</source>
        <translation>ein anderes Fenster ändert sie gerade</translation>
    </message>
    <message>
        <source>as in the file</source>
        <translation>wie in der Datei</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>chats that are in the file twice</source>
        <translation>Chats, die doppelt in der Datei sind</translation>
    </message>
    <message>
        <source>comparisons</source>
        <translation>vergleiche</translation>
    </message>
    <message>
        <source>completes text, does not chat</source>
        <translation>setzt Text fort, chattet nicht</translation>
    </message>
    <message>
        <source>conversation {number}</source>
        <translation>Unterhaltung {number}</translation>
    </message>
    <message>
        <source>conversations without a message</source>
        <translation>Unterhaltungen ohne Nachricht</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>documents of the canvas as files (their words are kept in the chats)</source>
        <translation>Dokumente aus Canvas als Dateien (ihr Wortlaut bleibt in den Chats erhalten)</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>ausgelost</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Einbetten</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the code of the language of this translation</comment>
        <translation>de</translation>
    </message>
    <message>
        <source>entries that are no conversations</source>
        <translation>Einträge, die keine Unterhaltungen sind</translation>
    </message>
    <message>
        <source>exit code {exit_code}</source>
        <translation>Exit-Code {exit_code}</translation>
    </message>
    <message>
        <source>fairly sure</source>
        <translation>ziemlich sicher</translation>
    </message>
    <message>
        <source>files about your account</source>
        <translation>Dateien über das eigene Konto</translation>
    </message>
    <message>
        <source>files beside the chats, such as pictures</source>
        <translation>Dateien neben den Chats, etwa Bilder</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>free text</source>
        <translation>freier Text</translation>
    </message>
    <message>
        <source>from this file</source>
        <translation>aus dieser Datei</translation>
    </message>
    <message>
        <source>grammar</source>
        <translation>Grammatik</translation>
    </message>
    <message>
        <source>group chats</source>
        <translation>Gruppenchats</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>in the folder {folder}</source>
        <translation>im Ordner {folder}</translation>
    </message>
    <message>
        <source>it claims to be {needed:,} bytes long</source>
        <translation>angegeben ist eine Länge von {needed:,} Bytes</translation>
    </message>
    <message>
        <source>it claims to have {blocks:,} layers</source>
        <translation>angegeben sind {blocks:,} Schichten</translation>
    </message>
    <message>
        <source>it claims to hold {count:,} numbers in {name}</source>
        <translation>angegeben sind {count:,} Zahlen in {name}</translation>
    </message>
    <message>
        <source>it claims to hold {count:,} {what}</source>
        <translation>angegeben sind {count:,} {what}</translation>
    </message>
    <message>
        <source>it could not be run</source>
        <translation>sie ließ sich nicht ausführen</translation>
    </message>
    <message>
        <source>it did not answer</source>
        <translation>sie hat nicht geantwortet</translation>
    </message>
    <message>
        <source>it does not say which architecture it is of</source>
        <translation>die Architektur ist nicht angegeben</translation>
    </message>
    <message>
        <source>it holds more texts than any vocabulary</source>
        <translation>sie enthält mehr Texte als jedes Vokabular</translation>
    </message>
    <message>
        <source>it runs elsewhere</source>
        <translation>es läuft anderswo</translation>
    </message>
    <message>
        <source>its alignment is impossible</source>
        <translation>ihre Ausrichtung ist unmöglich</translation>
    </message>
    <message>
        <source>its alignment of {alignment:,} is not a power of two</source>
        <translation>ihre Ausrichtung von {alignment:,} ist keine Zweierpotenz</translation>
    </message>
    <message>
        <source>its {feature} part is at version {theirs}, this program knows no such part</source>
        <translation>ihr Teil {feature} hat Version {theirs}, dieses Programm kennt keinen solchen Teil</translation>
    </message>
    <message>
        <source>its {feature} part is at version {theirs}, this program knows version {ours}</source>
        <translation>ihr Teil {feature} hat Version {theirs}, dieses Programm kennt Version {ours}</translation>
    </message>
    <message>
        <source>keys help</source>
        <translation>tasten hilfe kürzel</translation>
    </message>
    <message>
        <source>less than 20 %</source>
        <translation>weniger als 20 %</translation>
    </message>
    <message>
        <source>line break</source>
        <translation>Zeilenumbruch</translation>
    </message>
    <message>
        <source>line {number} of {file}</source>
        <translation>Zeile {number} von {file}</translation>
    </message>
    <message>
        <source>link</source>
        <translation>Verweis</translation>
    </message>
    <message>
        <source>links to chats that you have shared</source>
        <translation>Links zu geteilten Chats</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>marks that only ChatGPT can show, such as those of a source</source>
        <translation>Zeichen, die nur ChatGPT zeigen kann, wie die einer Quelle</translation>
    </message>
    <message>
        <source>messages that ChatGPT itself hides</source>
        <translation>Nachrichten, die ChatGPT selbst verbirgt</translation>
    </message>
    <message>
        <source>messages that cannot be read</source>
        <translation>Nachrichten, die nicht gelesen werden können</translation>
    </message>
    <message>
        <source>more than {most:,} conversations</source>
        <translation>mehr als {most:,} Unterhaltungen</translation>
    </message>
    <message>
        <source>more than {size}</source>
        <translation>mehr als {size}</translation>
    </message>
    <message>
        <source>no vote yet</source>
        <translation>noch keine Stimme</translation>
    </message>
    <message>
        <source>no: {problem}</source>
        <translation>nein: {problem}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>notes that ChatGPT keeps about you</source>
        <translation>Notizen, die ChatGPT über Sie führt</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>off the list</source>
        <translation>aus der Liste</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>one of its choices</source>
        <translation>eine der Möglichkeiten</translation>
    </message>
    <message>
        <source>one of: {choices}</source>
        <translation>eines von: {choices}</translation>
    </message>
    <message>
        <source>open</source>
        <comment>a chat</comment>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>parts of unknown kinds (their text is kept)</source>
        <translation>Teile unbekannter Art (ihr Text bleibt erhalten)</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>pictures and files (their names are kept)</source>
        <translation>Bilder und Dateien (ihre Namen bleiben erhalten)</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>places in damaged conversations (their messages begin a branch of their own)</source>
        <translation>Stellen in beschädigten Unterhaltungen (ihre Nachrichten beginnen einen eigenen Zweig)</translation>
    </message>
    <message>
        <source>projector</source>
        <translation>Projektor</translation>
    </message>
    <message>
        <source>ratings of replies</source>
        <translation>Bewertungen von Antworten</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>signal {name}</source>
        <translation>Signal {name}</translation>
    </message>
    <message>
        <source>something stands after its end</source>
        <translation>nach dem Ende steht noch etwas</translation>
    </message>
    <message>
        <source>space</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>texts in {name}</source>
        <translation>Texte in {name}</translation>
    </message>
    <message numerus="yes">
        <source>the %n oldest message</source>
        <comment>the %n oldest messages</comment>
        <translation>
            <numerusform>die %n älteste Nachricht</numerusform>
            <numerusform>die %n ältesten Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>das Ende</translation>
    </message>
    <message>
        <source>the end was added with Continue</source>
        <translation>das Ende kam mit Fortsetzen hinzu</translation>
    </message>
    <message>
        <source>the engine is another version</source>
        <translation>der Rechenkern hat eine andere Version</translation>
    </message>
    <message>
        <source>the folder cannot be written</source>
        <translation>in den Ordner kann nicht geschrieben werden</translation>
    </message>
    <message numerus="yes">
        <source>the message after the summary</source>
        <comment>the %n messages after the summary</comment>
        <translation>
            <numerusform>die Nachricht nach der Zusammenfassung</numerusform>
            <numerusform>die %n Nachrichten nach der Zusammenfassung</numerusform>
        </translation>
    </message>
    <message>
        <source>the model</source>
        <translation>das Modell</translation>
    </message>
    <message>
        <source>the model&apos;s file was replaced</source>
        <translation>die Datei des Modells wurde ersetzt</translation>
    </message>
    <message>
        <source>the name of a fixed-width font family</source>
        <translation>der Name einer Schriftfamilie mit fester Breite</translation>
    </message>
    <message>
        <source>the name of a font family</source>
        <translation>der Name einer Schriftfamilie</translation>
    </message>
    <message>
        <source>the outermost level</source>
        <translation>der äußersten Ebene</translation>
    </message>
    <message>
        <source>the processor is another one</source>
        <translation>der Prozessor ist ein anderer</translation>
    </message>
    <message>
        <source>the quotation mark that ends this text is missing</source>
        <translation>das Anführungszeichen am Ende dieses Textes fehlt</translation>
    </message>
    <message>
        <source>the setting {name}</source>
        <translation>die Angabe {name}</translation>
    </message>
    <message>
        <source>the setting {name} is a list of lists</source>
        <translation>die Angabe {name} ist eine Liste von Listen</translation>
    </message>
    <message>
        <source>the setting {name} is neither true nor false</source>
        <translation>die Angabe {name} ist weder wahr noch falsch</translation>
    </message>
    <message>
        <source>the setting {name} is of an unknown kind ({kind})</source>
        <translation>die Angabe {name} ist von unbekannter Art ({kind})</translation>
    </message>
    <message>
        <source>the setting {name} is there twice</source>
        <translation>die Angabe {name} ist doppelt da</translation>
    </message>
    <message>
        <source>the tensor {name} has an impossible shape</source>
        <translation>der Tensor {name} hat eine unmögliche Form</translation>
    </message>
    <message>
        <source>the tensor {name} has {rank:,} dimensions</source>
        <translation>der Tensor {name} hat {rank:,} Dimensionen</translation>
    </message>
    <message>
        <source>the tensor {name} is not where it should be</source>
        <translation>der Tensor {name} ist nicht da, wo er sein sollte</translation>
    </message>
    <message>
        <source>the tensor {name} is of an impossible kind</source>
        <translation>der Tensor {name} ist von unmöglicher Art</translation>
    </message>
    <message>
        <source>the tensor {name} is there twice</source>
        <translation>der Tensor {name} ist doppelt da</translation>
    </message>
    <message>
        <source>the tensor {name} lies outside of the file</source>
        <translation>der Tensor {name} liegt außerhalb der Datei</translation>
    </message>
    <message>
        <source>the tensor {name} overlaps another one</source>
        <translation>der Tensor {name} überschneidet einen anderen</translation>
    </message>
    <message>
        <source>the whole</source>
        <translation>das Ganze</translation>
    </message>
    <message>
        <source>to the next message</source>
        <translation>an die nächste Nachricht</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>too many brackets inside one another</source>
        <translation>zu viele Klammern ineinander</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>true or false, or nothing</source>
        <translation>true oder false oder nichts</translation>
    </message>
    <message>
        <source>two line breaks</source>
        <translation>zwei Zeilenumbrüche</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>aufgeklappt</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>version licence help</source>
        <translation>version lizenz hilfe</translation>
    </message>
    <message>
        <source>very unsure</source>
        <translation>sehr unsicher</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>voice recordings (what was said is kept where it was written down)</source>
        <translation>Sprachaufnahmen (das Gesagte bleibt erhalten, wo es aufgeschrieben war)</translation>
    </message>
    <message>
        <source>what it sent could not be read</source>
        <translation>was sie sandte, war nicht lesbar</translation>
    </message>
    <message>
        <source>work, ideas</source>
        <translation>Arbeit, Ideen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>zoom in bigger font</source>
        <translation>vergrößern größere schrift zoom</translation>
    </message>
    <message>
        <source>zoom out font</source>
        <translation>verkleinern schrift zoom</translation>
    </message>
    <message>
        <source>zoom reset font</source>
        <translation>zurücksetzen schrift zoom</translation>
    </message>
    <message>
        <source>{before} and {last}</source>
        <translation>{before} und {last}</translation>
    </message>
    <message>
        <source>{before} or {last}</source>
        <translation>{before} oder {last}</translation>
    </message>
    <message>
        <source>{count:,} from the preset</source>
        <translation>{count:,} aus der Vorlage</translation>
    </message>
    <message>
        <source>{count} of {total} on the graphics card</source>
        <translation>{count} von {total} auf der Grafikkarte</translation>
    </message>
    <message>
        <source>{count} replies cannot be written at once.</source>
        <translation>{count} Antworten auf einmal sind nicht möglich.</translation>
    </message>
    <message>
        <source>{count}, all on the graphics card</source>
        <translation>{count}, alle auf der Grafikkarte</translation>
    </message>
    <message>
        <source>{count}, none on the graphics card</source>
        <translation>{count}, keine auf der Grafikkarte</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} T.</translation>
    </message>
    <message>
        <source>{day}, {clock}</source>
        <translation>{day}, {clock}</translation>
    </message>
    <message>
        <source>{device}, {layers_offloaded} of {layers} layers on the GPU</source>
        <translation>{device}, {layers_offloaded} von {layers} Schichten auf der GPU</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total} chats</source>
        <translation>{done} von {total} Chats</translation>
    </message>
    <message>
        <source>{error} The default is used.</source>
        <translation>{error} Es gilt der Standardwert.</translation>
    </message>
    <message>
        <source>{few} and {more:,} more</source>
        <translation>{few} und {more:,} weitere</translation>
    </message>
    <message>
        <source>{file} cannot be taken in. {reason}</source>
        <translation>{file} kann nicht übernommen werden. {reason}</translation>
    </message>
    <message>
        <source>{file} could not be read.</source>
        <translation>Die Datei {file} konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{file} has changed since it wrote this reply.</source>
        <translation>{file} hat sich geändert, seit diese Antwort damit geschrieben wurde.</translation>
    </message>
    <message>
        <source>{file} holds no presets of Local AI Studio.</source>
        <translation>{file} enthält keine Vorlagen von Local AI Studio.</translation>
    </message>
    <message>
        <source>{file} is not among your models.</source>
        <translation>{file} ist nicht unter den Modellen.</translation>
    </message>
    <message>
        <source>{file} was written by another version of Local AI Studio.</source>
        <translation>{file} wurde von einer anderen Version von Local AI Studio geschrieben.</translation>
    </message>
    <message>
        <source>{folder} has no file {name}.</source>
        <translation>In {folder} fehlt die Datei {name}.</translation>
    </message>
    <message>
        <source>{folder} has no question with a relevant document.</source>
        <translation>In {folder} ist keine Frage mit einem passenden Dokument.</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{kind} from {least:,} to {most:,}</source>
        <translation>{kind} von {least:,} bis {most:,}</translation>
    </message>
    <message>
        <source>{kind} from {least:,} to {most:,}, or nothing</source>
        <translation>{kind} von {least:,} bis {most:,}, oder nichts</translation>
    </message>
    <message>
        <source>{kind} from {low} to {high}</source>
        <translation>{kind} von {low} bis {high}</translation>
    </message>
    <message>
        <source>{kind} from {low} to {high} ({low} means {word})</source>
        <translation>{kind} von {low} bis {high} ({low} bedeutet {word})</translation>
    </message>
    <message>
        <source>{kind}, or nothing for the usual one</source>
        <translation>{kind} oder nichts für die übliche</translation>
    </message>
    <message>
        <source>{kind}, {names}, or nothing for the usual one</source>
        <translation>{kind}, {names} oder nichts für die übliche</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{model} is not here: until it is back, the model that would answer without this preset does.</source>
        <translation>{model} ist nicht hier: Bis es zurück ist, antwortet das Modell, das es ohne diese Vorlage täte.</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>{name} ({field}) cannot be used. {problem}</source>
        <translation>{name} ({field}) kann nicht verwendet werden. {problem}</translation>
    </message>
    <message>
        <source>{name} ({field}) takes {allowed}, not {value}.</source>
        <translation>{name} ({field}): möglich ist {allowed}, nicht {value}.</translation>
    </message>
    <message>
        <source>{name} ({field}) takes {allowed}.</source>
        <translation>{name} ({field}): möglich ist {allowed}.</translation>
    </message>
    <message>
        <source>{name} ({key}) must be a list of texts.</source>
        <translation>{name} ({key}) muss eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>{name} ({key}) must be a text.</source>
        <translation>{name} ({key}) muss ein Text sein.</translation>
    </message>
    <message>
        <source>{name} belongs to this program itself.</source>
        <translation>{name} gehört zu diesem Programm selbst.</translation>
    </message>
    <message>
        <source>{name} cannot be opened.</source>
        <translation>{name} lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>{name} cannot be {shown}.</source>
        <translation>{name} kann nicht {shown} sein.</translation>
    </message>
    <message>
        <source>{name} cannot be “{value}”.</source>
        <translation>{name} kann nicht „{value}“ sein.</translation>
    </message>
    <message>
        <source>{name} cannot go back: another {other} is in its place.</source>
        <translation>{name} kann nicht zurück: An seiner Stelle ist ein anderes {other}.</translation>
    </message>
    <message>
        <source>{name} changed while it was copied.</source>
        <translation>{name} hat sich beim Kopieren geändert.</translation>
    </message>
    <message>
        <source>{name} could not be fetched.</source>
        <translation>{name} konnte nicht geholt werden.</translation>
    </message>
    <message>
        <source>{name} could not be loaded.</source>
        <translation>{name} konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>{name} could not be opened.</source>
        <translation>{name} ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>{name} could not be read.</source>
        <translation>{name} konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{name} could not be read: {reason}.</source>
        <translation>{name} konnte nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} could not be saved in {folder}: {reason}.</source>
        <translation>{name} konnte nicht in {folder} gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} does not make vectors of texts ({kind}).</source>
        <translation>{name} macht aus Texten keine Vektoren ({kind}).</translation>
    </message>
    <message>
        <source>{name} does not write text ({architecture}); it is made for embedding.</source>
        <translation>{name} schreibt keinen Text ({architecture}); es ist zum Einbetten gemacht.</translation>
    </message>
    <message>
        <source>{name} does not write text; its purpose is: {purpose}.</source>
        <translation>{name} schreibt keinen Text; sein Zweck ist: {purpose}.</translation>
    </message>
    <message>
        <source>{name} has no words.</source>
        <translation>{name} enthält keine Wörter.</translation>
    </message>
    <message>
        <source>{name} has {size}; a picture may have {most}.</source>
        <translation>{name} hat {size}; ein Bild darf {most} haben.</translation>
    </message>
    <message>
        <source>{name} has {size}; a text may have {most}.</source>
        <translation>{name} hat {size}; ein Text darf {most} haben.</translation>
    </message>
    <message>
        <source>{name} has {width:,} by {height:,} pixels; a picture may have {millions} million.</source>
        <translation>{name} hat {width:,} mal {height:,} Bildpunkte; ein Bild darf {millions} Millionen haben.</translation>
    </message>
    <message>
        <source>{name} is a device or a pipe, not a model file.</source>
        <translation>{name} ist ein Gerät oder eine Pipe, keine Modelldatei.</translation>
    </message>
    <message>
        <source>{name} is a folder, not a model file.</source>
        <translation>{name} ist ein Ordner, keine Modelldatei.</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{name} is a later part of a model.</source>
        <translation>{name} ist ein späterer Teil eines Modells.</translation>
    </message>
    <message>
        <source>{name} is a web page that was saved under a model&apos;s name.</source>
        <translation>{name} ist eine Webseite, die unter dem Namen eines Modells gespeichert wurde.</translation>
    </message>
    <message>
        <source>{name} is damaged: it says that it has no pixels.</source>
        <translation>{name} ist beschädigt: Die Datei gibt an, keine Bildpunkte zu haben.</translation>
    </message>
    <message>
        <source>{name} is damaged: {what}.</source>
        <translation>{name} ist beschädigt: {what}.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>{name} is incomplete: it ends in the middle of its own description.</source>
        <translation>{name} ist unvollständig: Die Datei endet mitten in ihrer eigenen Beschreibung.</translation>
    </message>
    <message>
        <source>{name} is incomplete: {missing} of {needed} are missing.</source>
        <translation>{name} ist unvollständig: {missing} von {needed} fehlen.</translation>
    </message>
    <message>
        <source>{name} is neither a file nor a folder.</source>
        <translation>{name} ist weder eine Datei noch ein Ordner.</translation>
    </message>
    <message>
        <source>{name} is neither a text nor a picture that can be attached.</source>
        <translation>{name} ist weder ein Text noch ein Bild, das angehängt werden kann.</translation>
    </message>
    <message>
        <source>{name} is not a GGUF model: it does not begin like one.</source>
        <translation>{name} ist kein GGUF-Modell: Die Datei beginnt nicht wie eines.</translation>
    </message>
    <message>
        <source>{name} is not in the trash any more.</source>
        <translation>{name} ist nicht mehr im Papierkorb.</translation>
    </message>
    <message>
        <source>{name} is not on the list of models, so nothing is kept for it.</source>
        <translation>{name} steht nicht auf der Liste der Modelle; darum wird nichts dafür behalten.</translation>
    </message>
    <message>
        <source>{name} is not on the list of models.</source>
        <translation>{name} steht nicht in der Liste der Modelle.</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{name} is of a kind that the engine does not know: {architecture}.</source>
        <translation>{name} ist von einer Art, die das Programm nicht kennt: {architecture}.</translation>
    </message>
    <message>
        <source>{name} is off the list; its file stays</source>
        <translation>{name} ist aus der Liste; die Datei bleibt</translation>
    </message>
    <message>
        <source>{name} is one of {count:,} parts, but was renamed, so the others cannot be found.</source>
        <translation>{name} ist einer von {count:,} Teilen, wurde aber umbenannt; deshalb sind die anderen nicht zu finden.</translation>
    </message>
    <message>
        <source>{name} is only a Git LFS note that stands for the real file of {size}.</source>
        <translation>{name} ist nur ein Platzhalter von Git LFS für die echte Datei von {size}.</translation>
    </message>
    <message>
        <source>{name} is only a Git LFS note that stands for the real file.</source>
        <translation>{name} ist nur ein Platzhalter von Git LFS für die echte Datei.</translation>
    </message>
    <message>
        <source>{name} is ready.</source>
        <translation>{name} ist bereit.</translation>
    </message>
    <message>
        <source>{name} is written in version {version} of the GGUF format; this program reads versions 2 and 3.</source>
        <translation>{name} ist in Version {version} des GGUF-Formats geschrieben; dieses Programm liest die Versionen 2 und 3.</translation>
    </message>
    <message>
        <source>{name} is {what}, not a GGUF model.</source>
        <translation>{name} ist {what}, kein GGUF-Modell.</translation>
    </message>
    <message>
        <source>{name} may not fit into memory. {what}</source>
        <translation>{name} passt vielleicht nicht in den Arbeitsspeicher. {what}</translation>
    </message>
    <message>
        <source>{name} needs {files} beside it.</source>
        <translation>{name} braucht {files} daneben.</translation>
    </message>
    <message>
        <source>{name} stores numbers in a way (type {number}) that this program does not know yet.</source>
        <translation>{name} speichert Zahlen auf eine Art (Typ {number}), die dieses Programm noch nicht kennt.</translation>
    </message>
    <message>
        <source>{name} stores numbers in a way (type {number}) that this program no longer knows.</source>
        <translation>{name} speichert Zahlen auf eine Art (Typ {number}), die dieses Programm nicht mehr kennt.</translation>
    </message>
    <message>
        <source>{name} takes a list in JSON.</source>
        <translation>{name} nimmt eine Liste in JSON.</translation>
    </message>
    <message>
        <source>{name} was made for processors of the other byte order ({order} endian).</source>
        <translation>{name} wurde für Prozessoren mit der anderen Bytereihenfolge gemacht ({order} endian).</translation>
    </message>
    <message>
        <source>{name} was removed</source>
        <translation>{name} wurde entfernt</translation>
    </message>
    <message>
        <source>{name} was there a moment ago and is gone.</source>
        <translation>{name} war eben noch da und ist weg.</translation>
    </message>
    <message>
        <source>{name} would run its makers&apos; own code, which this program never does.</source>
        <translation>{name} würde eigenen Code seiner Hersteller ausführen; das tut dieses Programm nie.</translation>
    </message>
    <message>
        <source>{name}, version {version}</source>
        <translation>{name}, Fassung {version}</translation>
    </message>
    <message>
        <source>{name}, which comes with this program, is missing from it.</source>
        <translation>{name}, das zu diesem Programm gehört, fehlt darin.</translation>
    </message>
    <message>
        <source>{name}, {size}, {licence}, comes with this program. Ctrl+O adds a file.</source>
        <translation>{name}, {size}, {licence}, gehört zu diesem Programm. Strg+O fügt eine Datei hinzu.</translation>
    </message>
    <message>
        <source>{name}, {size}, {licence}, downloaded once. Ctrl+O adds a file.</source>
        <translation>{name}, {size}, {licence}, einmal heruntergeladen. Strg+O fügt eine Datei hinzu.</translation>
    </message>
    <message>
        <source>{name}: added {text}</source>
        <translation>{name}: hinzugefügt {text}</translation>
    </message>
    <message>
        <source>{name}: changed</source>
        <translation>{name}: geändert</translation>
    </message>
    <message>
        <source>{name}: removed {text}</source>
        <translation>{name}: entfernt {text}</translation>
    </message>
    <message>
        <source>{name}: {value}, {kind}</source>
        <translation>{name}: {value}, {kind}</translation>
    </message>
    <message>
        <source>{number:.0f} tokens a second</source>
        <translation>{number:.0f} Token pro Sekunde</translation>
    </message>
    <message>
        <source>{number} billion</source>
        <translation>{number} Milliarden</translation>
    </message>
    <message>
        <source>{number} million</source>
        <translation>{number} Millionen</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} von {total}</translation>
    </message>
    <message>
        <source>{number} parameters</source>
        <translation>{number} Parameter</translation>
    </message>
    <message>
        <source>{number} tok/s</source>
        <translation>{number} Tok/s</translation>
    </message>
    <message>
        <source>{number} tokens</source>
        <translation>{number} Token</translation>
    </message>
    <message>
        <source>{origin} · version {version}</source>
        <translation>{origin} · Fassung {version}</translation>
    </message>
    <message>
        <source>{pages} pages are damaged and were left out.</source>
        <translation>Beschädigte Seiten, die ausgelassen wurden: {pages}.</translation>
    </message>
    <message>
        <source>{pages} pages are pictures of text. Install Tesseract to have them read.</source>
        <translation>Seiten, die Bilder von Text sind: {pages}. Tesseract installieren, um sie lesen zu lassen.</translation>
    </message>
    <message>
        <source>{path} cannot be used: a file is where a folder has to be.</source>
        <translation>{path} kann nicht benutzt werden: Dort ist eine Datei, wo ein Ordner sein muss.</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>In {path} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>{path} was not added to this collection.</source>
        <translation>{path} wurde dieser Sammlung nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>{place} of the first {total} places</source>
        <translation>{place} der ersten {total} Stellen</translation>
    </message>
    <message>
        <source>{place} of {total}</source>
        <translation>{place} von {total}</translation>
    </message>
    <message>
        <source>{place} with more than {most:,} attached files</source>
        <translation>{place} mit mehr als {most:,} angehängten Dateien</translation>
    </message>
    <message>
        <source>{place} with more than {most:,} characters</source>
        <translation>{place} mit mehr als {most:,} Zeichen</translation>
    </message>
    <message>
        <source>{place} with more than {most:,} messages</source>
        <translation>{place} mit mehr als {most:,} Nachrichten</translation>
    </message>
    <message>
        <source>{place} with more than {most:,} waiting messages</source>
        <translation>{place} mit mehr als {most:,} wartenden Nachrichten</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{seconds} s to first word</source>
        <translation>{seconds} s bis zum ersten Wort</translation>
    </message>
    <message>
        <source>{sentence} ({place}).</source>
        <translation>{sentence} ({place}).</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>{speed} tok/s</source>
        <translation>{speed} Token/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title} (Kopie)</translation>
    </message>
    <message>
        <source>{title} copy</source>
        <translation>{title} Kopie</translation>
    </message>
    <message>
        <source>{tokens:,} tokens</source>
        <translation>{tokens:,} Token</translation>
    </message>
    <message>
        <source>{told}. Instead: {listed}</source>
        <translation>{told}. Stattdessen: {listed}</translation>
    </message>
    <message>
        <source>{used} of {limit} tokens</source>
        <translation>{used} von {limit} Token</translation>
    </message>
    <message>
        <source>{used} of {limit} {unit}</source>
        <translation>{used} von {limit} {unit}</translation>
    </message>
    <message>
        <source>{used} of {trained} tokens</source>
        <translation>{used} von {trained} Token</translation>
    </message>
    <message>
        <source>{values} or auto</source>
        <translation>{values} oder auto</translation>
    </message>
    <message>
        <source>{value} (not here)</source>
        <translation>{value} (nicht hier)</translation>
    </message>
    <message>
        <source>{value} does not fit exactly one of what is allowed.</source>
        <translation>{value} passt nicht zu genau einem von dem, was erlaubt ist.</translation>
    </message>
    <message>
        <source>{value} does not fit the pattern {wanted}.</source>
        <translation>{value} passt nicht zum Muster {wanted}.</translation>
    </message>
    <message>
        <source>{value} does not fit “{key}”.</source>
        <translation>{value} passt nicht zu „{key}“.</translation>
    </message>
    <message>
        <source>{value} fits none of what is allowed.</source>
        <translation>{value} passt zu nichts von dem, was erlaubt ist.</translation>
    </message>
    <message>
        <source>{value} is just what is not allowed.</source>
        <translation>{value} ist gerade das, was nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>{value} is less than {limit:,}.</source>
        <translation>{value} ist kleiner als {limit:,}.</translation>
    </message>
    <message>
        <source>{value} is longer than {limit:,} characters.</source>
        <translation>{value} ist länger als {limit:,} Zeichen.</translation>
    </message>
    <message>
        <source>{value} is more than {limit:,}.</source>
        <translation>{value} ist größer als {limit:,}.</translation>
    </message>
    <message>
        <source>{value} is no multiple of {limit}.</source>
        <translation>{value} ist kein Vielfaches von {limit}.</translation>
    </message>
    <message>
        <source>{value} is none of {listed}.</source>
        <translation>{value} ist nichts von: {listed}.</translation>
    </message>
    <message>
        <source>{value} is not less than {limit:,}.</source>
        <translation>{value} ist nicht kleiner als {limit:,}.</translation>
    </message>
    <message>
        <source>{value} is not more than {limit:,}.</source>
        <translation>{value} ist nicht größer als {limit:,}.</translation>
    </message>
    <message>
        <source>{value} is not {kinds}.</source>
        <translation>{value} ist nicht {kinds}.</translation>
    </message>
    <message>
        <source>{value} is not {wanted}.</source>
        <translation>{value} ist nicht {wanted}.</translation>
    </message>
    <message>
        <source>{value} is shorter than {limit:,} characters.</source>
        <translation>{value} ist kürzer als {limit:,} Zeichen.</translation>
    </message>
    <message>
        <source>{votes} of {count} give the same answer: {answer}</source>
        <translation>{votes} von {count} kommen zum selben Ergebnis: {answer}</translation>
    </message>
    <message>
        <source>{what} claims to be {length:,} bytes long</source>
        <translation>{what} ist mit {length:,} Bytes angegeben</translation>
    </message>
    <message>
        <source>{what}: {length:,} characters are too many; at most {most:,} can be used.</source>
        <translation>{what}: {length:,} Zeichen sind zu viele; höchstens {most:,} sind möglich.</translation>
    </message>
    <message>
        <source>{width} by {height} pixels</source>
        <translation>{width} mal {height} Pixel</translation>
    </message>
    <message>
        <source>{words}; sees pictures</source>
        <translation>{words}; sieht Bilder</translation>
    </message>
    <message>
        <source>{worker} could not start ({how}).</source>
        <translation>{worker} konnte nicht starten ({how}).</translation>
    </message>
    <message>
        <source>{worker} ended unexpectedly ({how}).</source>
        <translation>{worker} hat sich unerwartet beendet ({how}).</translation>
    </message>
    <message>
        <source>{worker} has ended.</source>
        <translation>{worker} hat sich beendet.</translation>
    </message>
    <message>
        <source>{worker} ran out of memory and has ended.</source>
        <translation>{worker} hatte zu wenig Arbeitsspeicher und hat sich beendet.</translation>
    </message>
    <message>
        <source>{worker} was ended by the system, most often because memory ran out.</source>
        <translation>{worker} wurde vom System beendet, meist weil der Arbeitsspeicher ausging.</translation>
    </message>
    <message>
        <source>{worker} was stopped.</source>
        <translation>{worker} wurde angehalten.</translation>
    </message>
    <message>
        <source>“$id” can only stand at the outermost level.</source>
        <translation>„$id“ kann nur auf der äußersten Ebene stehen.</translation>
    </message>
    <message>
        <source>“$” before its end</source>
        <translation>„$“ vor seinem Ende</translation>
    </message>
    <message>
        <source>“$” inside of a group</source>
        <translation>„$“ in einer Gruppe</translation>
    </message>
    <message>
        <source>“::=” is missing after “{name}”.</source>
        <translation>Nach „{name}“ fehlt „::=“.</translation>
    </message>
    <message>
        <source>“\{char}”</source>
        <translation>„\{char}“</translation>
    </message>
    <message>
        <source>“\{kind}” is no known escape.</source>
        <translation>„\{kind}“ ist keine bekannte Escape-Folge.</translation>
    </message>
    <message>
        <source>“\{kind}” takes {size} digits of a character.</source>
        <translation>„\{kind}“ braucht {size} Ziffern eines Zeichens.</translation>
    </message>
    <message>
        <source>“^” after its beginning</source>
        <translation>„^“ nach seinem Anfang</translation>
    </message>
    <message>
        <source>“type” is one of object, array, string, integer, number, boolean and null.</source>
        <translation>„type“ ist eines von object, array, string, integer, number, boolean und null.</translation>
    </message>
    <message>
        <source>“{char}” cannot stand here.</source>
        <translation>„{char}“ kann hier nicht stehen.</translation>
    </message>
    <message>
        <source>“{char}” cannot stand here. A rule name takes letters, digits and hyphens.</source>
        <translation>„{char}“ kann hier nicht stehen. Der Name einer Regel besteht aus Buchstaben, Ziffern und Bindestrichen.</translation>
    </message>
    <message>
        <source>“{found}” cannot stand here</source>
        <translation>„{found}“ kann hier nicht stehen</translation>
    </message>
    <message>
        <source>“{full}” should have a number for each layer</source>
        <translation>„{full}“ sollte für jede Schicht eine Zahl haben</translation>
    </message>
    <message>
        <source>“{full}” should hold whole numbers</source>
        <translation>„{full}“ sollte ganze Zahlen enthalten</translation>
    </message>
    <message>
        <source>“{key}” cannot be used here. {advice}</source>
        <translation>„{key}“ kann hier nicht verwendet werden. {advice}</translation>
    </message>
    <message>
        <source>“{key}” is not held to while a reply is written; it is checked at its end</source>
        <translation>„{key}“ gilt nicht, während eine Antwort geschrieben wird; es wird an ihrem Ende geprüft</translation>
    </message>
    <message>
        <source>“{key}” is passed over: this edition of JSON Schema does not know it.</source>
        <translation>„{key}“ wird übergangen: Diese Ausgabe von JSON Schema kennt es nicht.</translation>
    </message>
    <message>
        <source>“{key}” should be a text</source>
        <translation>„{key}“ sollte ein Text sein</translation>
    </message>
    <message>
        <source>“{key}” should be a whole number</source>
        <translation>„{key}“ sollte eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>“{name}” could not be read from its disk.</source>
        <translation>„{name}“ konnte nicht vom Datenträger gelesen werden.</translation>
    </message>
    <message>
        <source>“{name}” has {size_bytes:,} bytes; files of up to {limit:,} are read.</source>
        <translation>„{name}“ hat {size_bytes:,} Bytes; gelesen werden Dateien bis {limit:,}.</translation>
    </message>
    <message>
        <source>“{name}” is damaged or broken off.</source>
        <translation>„{name}“ ist beschädigt oder bricht ab.</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>„{name}“ ist leer.</translation>
    </message>
    <message>
        <source>“{name}” is encrypted, and files of its kind cannot be opened here.</source>
        <translation>„{name}“ ist verschlüsselt, und Dateien dieser Art lassen sich hier nicht öffnen.</translation>
    </message>
    <message>
        <source>“{name}” is missing.</source>
        <translation>„{name}“ fehlt.</translation>
    </message>
    <message>
        <source>“{name}” is not a file with text, but a folder or a device.</source>
        <translation>„{name}“ ist keine Datei mit Text, sondern ein Ordner oder ein Gerät.</translation>
    </message>
    <message>
        <source>“{name}” is not there any more.</source>
        <translation>„{name}“ ist nicht mehr da.</translation>
    </message>
    <message>
        <source>“{name}” is of a kind that cannot be read.</source>
        <translation>„{name}“ ist von einer Art, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password.</source>
        <translation>„{name}“ ist durch ein Passwort geschützt.</translation>
    </message>
    <message>
        <source>“{name}” may not be read by you.</source>
        <translation>„{name}“ darf nicht gelesen werden; das Recht dazu fehlt.</translation>
    </message>
    <message>
        <source>“{name}” unpacks to far more than a document does, and was not unpacked.</source>
        <translation>„{name}“ würde entpackt viel größer als ein Dokument und wurde nicht entpackt.</translation>
    </message>
    <message>
        <source>“{name}” was changed while it was read.</source>
        <translation>„{name}“ wurde beim Lesen geändert.</translation>
    </message>
    <message>
        <source>“{reference}” leads out of this schema, and nothing is fetched. Copy what it names under “$defs” and refer to it as “#/$defs/name”.</source>
        <translation>„{reference}“ führt aus diesem Schema hinaus, und nichts wird abgerufen. Das Genannte unter „$defs“ kopieren und mit „#/$defs/name“ darauf verweisen.</translation>
    </message>
    <message>
        <source>“{reference}” leads to nothing in this schema.</source>
        <translation>„{reference}“ führt in diesem Schema zu nichts.</translation>
    </message>
    <message>
        <source>“{reference}” refers only to itself.</source>
        <translation>„{reference}“ verweist nur auf sich selbst.</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message>
        <source>“{title}” came with the program and stays.</source>
        <translation>„{title}“ ist mit dem Programm gekommen und bleibt.</translation>
    </message>
    <message>
        <source>“{title}” is among your chats again.</source>
        <translation>„{title}“ ist wieder unter den Chats.</translation>
    </message>
    <message>
        <source>“{title}” is in the trash.</source>
        <translation>„{title}“ ist im Papierkorb.</translation>
    </message>
    <message>
        <source>“{vote}” is no vote.</source>
        <translation>„{vote}“ ist keine Stimme.</translation>
    </message>
    <message numerus="yes">
        <source>… %n more line; Copy gives them all</source>
        <comment>… %n more lines; Copy gives them all</comment>
        <translation>
            <numerusform>… %n weitere Zeile; Kopieren liefert alle</numerusform>
            <numerusform>… %n weitere Zeilen; Kopieren liefert alle</numerusform>
        </translation>
    </message>
</context>
</TS>
