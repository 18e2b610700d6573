"""Lets C libraries open files: sqlite3, dbm, ctypes fopen, bz2, shutil.copy."""

import ctypes
import shutil
import sqlite3


def by_fopen(path):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(path.encode(), b"r")
    if not file:
        raise OSError(ctypes.get_errno(), "fopen")
    libc.fclose(ctypes.c_void_p(file))
    return "fopen opened it"


def by_copy(path):
    with open("/dev/null", "wb") as sink, open(path, "rb") as file:
        shutil.copyfileobj(file, sink)
    return "copied it"


def by_sqlite(path):
    sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("select 1 from sqlite_master").fetchall()


def attack():
    for way in (by_fopen, by_copy, by_sqlite):
        try:
            return f"{way(TARGETS['readable_secret'])}: {way.__name__}"
        except sqlite3.DatabaseError as error:
            if "not a database" in str(error):
                return "sqlite read the file's header"
        except OSError:
            continue
