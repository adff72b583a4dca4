"""The version, where everybody finds it without searching the installed packages."""

VERSION = "0.1.0"
