"""The grammar of filters, as common/aip/FILTERS.md has it, as plainly as possible. For filter_reference.py."""

import re


class Refused(Exception):
    pass


WORD = re.compile(r"[A-Za-z0-9_\-+./*\u0080-\U0010ffff]+")
PART = re.compile(r"[A-Za-z0-9_-]+")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
OPERATORS = ("!=", "<=", ">=", "=", "<", ">", ":")


class Parser:
    def __init__(self, text):
        self.text, self.at, self.depth, self.comparisons = text, 0, 0, 0

    def blank(self):
        while self.text[self.at:self.at + 1] in (" ", "\t", "\r", "\n") and self.at < len(self.text):
            self.at += 1

    def take(self, sign):
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def keyword(self, word):
        self.blank()
        after = self.text[self.at + len(word):self.at + len(word) + 1]
        if self.text.startswith(word, self.at) and not re.match(r"[A-Za-z0-9_]", after):
            self.at += len(word)
            return True
        return False

    def filter(self):
        self.blank()
        if self.at == len(self.text):
            return ("all",)
        tree = self.conjunction()
        self.blank()
        if self.at < len(self.text):
            raise Refused("something is left")
        return tree

    def conjunction(self):
        parts = [self.disjunction()]
        while self.keyword("AND"):
            parts.append(self.disjunction())
        return ("and", parts)

    def disjunction(self):
        parts = [self.term()]
        while self.keyword("OR"):
            parts.append(self.term())
        return ("or", parts)

    def term(self):
        if self.keyword("NOT") or self.take("-"):
            return ("not", self.simple())
        return self.simple()

    def simple(self):
        self.blank()
        if not self.take("("):
            return self.comparison()
        self.depth += 1
        if self.depth > 20:
            raise Refused("too deep")
        tree = self.conjunction()
        self.blank()
        if not self.take(")"):
            raise Refused("no )")
        self.depth -= 1
        return tree

    def comparison(self):
        self.comparisons += 1
        if self.comparisons > 100:
            raise Refused("too many comparisons")
        name = NAME.match(self.text, self.at)
        if not name or name.group() in ("AND", "OR", "NOT"):
            raise Refused("no field")
        self.at = name.end()
        path = [name.group()]
        while self.take("."):
            if self.text[self.at:self.at + 1] in ("'", '"') and self.at < len(self.text):
                path.append("".join(c for c, _ in self.quoted()))
                continue
            part = PART.match(self.text, self.at)
            if not part:
                raise Refused("no field after the point")
            self.at = part.end()
            path.append(part.group())
        self.blank()
        operator = next((o for o in OPERATORS if self.take(o)), None)
        if operator is None:
            raise Refused("no operator")
        self.blank()
        return ("compare", path, operator, self.value())

    def value(self):
        start = self.at
        if self.text[start:start + 1] in ("'", '"') and start < len(self.text):
            characters, quoted = self.quoted(), True
        else:
            word = WORD.match(self.text, start)
            if not word or word.group() in ("AND", "OR", "NOT"):
                raise Refused("no value")
            self.at = word.end()
            characters, quoted = [(c, c == "*") for c in word.group()], False
        return Value(characters, quoted)

    def quoted(self):
        """The characters, each with whether it is a wildcard."""
        quote = self.text[self.at]
        self.at += 1
        characters = []
        while self.at < len(self.text) and self.text[self.at] != quote:
            c = self.text[self.at]
            wildcard = c == "*"
            if c == "\\":
                self.at += 1
                c = self.text[self.at:self.at + 1]
                if c == "" or c not in "\"'\\*":
                    raise Refused("what does this \\ mean")
            characters.append((c, wildcard))
            self.at += 1
        if not self.take(quote):
            raise Refused("the quote is open")
        return characters


class Value:
    def __init__(self, characters, quoted):
        self.quoted = quoted
        self.star = not quoted and [c for c, _ in characters] == ["*"]
        wild = [i for i, (_, w) in enumerate(characters) if w]
        if any(0 < i < len(characters) - 1 for i in wild):
            raise Refused("a * in the middle")
        self.before = bool(wild) and wild[0] == 0
        self.after = bool(wild) and wild[-1] == len(characters) - 1
        middle = [c for c, w in characters if not w]
        self.text = "".join(middle)
        self.wild = self.before or self.after
