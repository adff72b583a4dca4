"""What is said of the shape of replies, and examples of shapes to begin with."""

from __future__ import annotations

from studio.chat.shape import Shape
from studio.prompting.shapes.in_force import Kind
from studio.translation import mark, tr

TITLE = mark("Shape of replies")
ABOUT = mark(
    "The model can be held to a fixed shape, so that other programs can "
    "read its replies. It does not see the shape: say in your message what "
    "you want."
)
TITLES: dict[Kind, str] = {
    "": mark("Free text"),
    "json_schema": mark("JSON, by a schema"),
    "grammar": mark("Text, by a grammar"),
}
SHORT: dict[Kind, str] = {
    "": mark("Free text"),
    "json_schema": mark("JSON"),
    "grammar": mark("Grammar"),
}
HELP: dict[Kind, str] = {
    "": mark("Replies are written as the model likes."),
    "json_schema": mark("A JSON schema lists the names and the kinds of values of a reply."),
    "grammar": mark(
        "A GBNF grammar says letter by letter what a reply may be; it begins with “root”."
    ),
}

_CONTACT = """{
  "type": "object",
  "properties": {
    "name": { "type": "string", "minLength": 1, "maxLength": 80 },
    "email": { "type": ["string", "null"], "maxLength": 80 },
    "phone": { "type": ["string", "null"], "maxLength": 30 }
  },
  "required": ["name", "email", "phone"],
  "additionalProperties": false
}
"""
_ITEMS = """{
  "type": "object",
  "properties": {
    "items": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "title": { "type": "string", "maxLength": 120 },
          "count": { "type": "integer", "minimum": 1, "maximum": 999 }
        },
        "required": ["title", "count"],
        "additionalProperties": false
      },
      "minItems": 1,
      "maxItems": 20
    }
  },
  "required": ["items"],
  "additionalProperties": false
}
"""
_ANSWER = """{
  "type": "object",
  "properties": {
    "answer": { "enum": ["yes", "no", "not sure"] },
    "reason": { "type": "string", "maxLength": 300 }
  },
  "required": ["answer", "reason"],
  "additionalProperties": false
}
"""
_POINTS = """# Three to five short points
root ::= point{3,5}
point ::= "- " [^\\n]{1,120} "\\n"
"""
_DATE = """# A date, such as 2031-05-17
root ::= year "-" month "-" day
year ::= [12] [0-9]{3}
month ::= "0" [1-9] | "1" [0-2]
day ::= "0" [1-9] | [12] [0-9] | "3" [01]
"""
EXAMPLES: dict[Kind, tuple[tuple[str, str], ...]] = {
    "": (),
    "json_schema": (
        (mark("A contact"), _CONTACT),
        (mark("A list of items"), _ITEMS),
        (mark("Yes or no, with a reason"), _ANSWER),
    ),
    "grammar": (
        (mark("Yes or no"), 'root ::= "yes" | "no"\n'),
        (mark("A list of points"), _POINTS),
        (mark("A date"), _DATE),
    ),
}


def short(shape: Shape) -> str:
    """Return a shape in a word."""
    return tr(SHORT[shape.kind])
