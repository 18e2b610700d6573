"""Lets the standard library read for it: linecache, tokenize, zipimport, runpy, configparser, fileinput."""

import configparser
import fileinput
import linecache
import tokenize


def lines_of_linecache(path):
    linecache.clearcache()
    return linecache.getlines(path)


def lines_of_tokenize(path):
    with tokenize.open(path) as file:
        return file.readlines()


def lines_of_fileinput(path):
    with fileinput.input([path]) as lines:
        return list(lines)


def sections(path):
    parser = configparser.ConfigParser(strict=False, allow_no_value=True)
    return parser.read([path])


def attack():
    for path in (TARGETS["reference"], TARGETS["readable_secret"], TARGETS["neighbor"]):
        for way in (lines_of_linecache, lines_of_tokenize, lines_of_fileinput, sections):
            try:
                found = way(path)
            except (OSError, configparser.Error, SyntaxError):
                continue
            if found:
                return f"{path} through {way.__name__}"
