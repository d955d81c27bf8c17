"""Hears every sentence that our sources say to a person, so that none is left without its translation."""

import ast
import re
from pathlib import Path

from tests.reading import tree


def heard(path: Path) -> "Ear":
    ear = Ear(tree(path))
    ear.visit(ear.module)
    return ear


class Ear(ast.NodeVisitor):
    """Hears words("…"), words.plain("…"), words.count("…", "…") and the sentence of a Refused."""

    def __init__(self, module: ast.Module) -> None:
        self.module = module
        self.sentences: set[str] = set()
        self.unclear: list[int] = []
        self._speakers: set[str] = set()
        self._constants = {
            target.id: node.value
            for node in module.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = set(self._speakers)
        arguments = [*node.args.args, *node.args.kwonlyargs]
        self._speakers |= {one.arg for one in arguments if "Words" in ast.unparse(one.annotation or one)}
        self.generic_visit(node)
        self._speakers = before

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in node.body:
            if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "sentence":
                self._hear(part.value)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if isinstance(node.value, ast.Call) and self._gives_words(node.value):
            self._speakers |= {name.id for name in node.targets if isinstance(name, ast.Name)}
        match node:
            case ast.Assign(
                targets=[ast.Tuple(elts=[_, ast.Name(id=name)])],
                value=ast.Call(func=ast.Attribute(attr="met")),
            ):  # a member and their words
                self._speakers.add(name)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Attribute(value=who, attr="plain") if self._speaks(who):
                self._hear(node.args[0])
            case ast.Attribute(value=who, attr="count") if self._speaks(who):
                self._hear(node.args[0])
            case who if self._speaks(who):
                self._hear(node.args[0])
        self.generic_visit(node)

    def _speaks(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._speakers
        return isinstance(node, ast.Call) and self._gives_words(node)

    def _gives_words(self, call: ast.Call) -> bool:
        """Say whether a call such as words("fr") or tools.words_for(who) gives a language's words back."""
        if isinstance(call.func, ast.Name) and call.func.id in self._speakers:
            return False
        return bool(re.search(r"(^|[._])words(_\w+)?$", ast.unparse(call.func)))

    def _hear(self, said: ast.expr) -> None:
        match said:
            case ast.Constant(value=str(sentence)):
                self.sentences.add(sentence)
            case ast.Name(id=name) if name in self._constants:
                self._hear(self._constants[name])
            case ast.IfExp(body=one, orelse=other):
                self._hear(one)
                self._hear(other)
            case _:
                self.unclear.append(said.lineno)
