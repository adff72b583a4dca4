"""What programming languages are called, by the words that stand at the head of a block of code."""

from __future__ import annotations

_AS_THEY_ARE = (
    "Ada Awk Batch C Clojure CMake CoffeeScript Crystal CSS CSV CUDA D Dart Diff Dockerfile "
    "Elixir Elm Erlang Fish Fortran GLSL Go GraphQL Groovy Haskell HCL HTML HTTP INI Java "
    "JavaScript JSON JSON5 JSONL Julia Kotlin LaTeX Less Lisp LLVM Lua Makefile Markdown MATLAB "
    "Mermaid Mojo Nim Nix OCaml Pascal Perl PHP PlantUML PostgreSQL PowerShell Prolog Python QML "
    "R Racket Ruby Rust Sass Scala Scheme SCSS Shell Solidity SQL SVG Svelte Swift Terraform TeX "
    "TOML TypeScript Verilog VHDL Vim Vue WebAssembly XML YAML Zig"
)
_OTHERWISE = {
    "asm": "Assembly",
    "assembly": "Assembly",
    "bash": "Shell",
    "bat": "Batch",
    "c#": "C#",
    "c++": "C++",
    "cc": "C++",
    "cmd": "Batch",
    "console": "Console",
    "cpp": "C++",
    "cs": "C#",
    "csharp": "C#",
    "cxx": "C++",
    "docker": "Dockerfile",
    "ex": "Elixir",
    "f#": "F#",
    "fsharp": "F#",
    "golang": "Go",
    "hs": "Haskell",
    "htm": "HTML",
    "js": "JavaScript",
    "kt": "Kotlin",
    "make": "Makefile",
    "md": "Markdown",
    "objc": "Objective-C",
    "objective-c": "Objective-C",
    "objectivec": "Objective-C",
    "patch": "Diff",
    "pl": "Perl",
    "proto": "Protocol Buffers",
    "protobuf": "Protocol Buffers",
    "ps1": "PowerShell",
    "py": "Python",
    "py3": "Python",
    "python3": "Python",
    "rb": "Ruby",
    "rs": "Rust",
    "sh": "Shell",
    "shell-session": "Console",
    "ts": "TypeScript",
    "wasm": "WebAssembly",
    "yml": "YAML",
    "zsh": "Shell",
}
_NAMES = {name.lower(): name for name in _AS_THEY_ARE.split()} | _OTHERWISE


def name_of(language: str) -> str:
    """Return the usual spelling of a language; of one that is not known, its words as they are."""
    return _NAMES.get(language.lower(), language)
