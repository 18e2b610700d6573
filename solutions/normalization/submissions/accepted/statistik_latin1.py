# -*- coding: latin-1 -*-
"""Übung: Größen der Merkmale. Alles mit dem Modul `statistics`, Spalte für Spalte."""
import statistics


def fit_standardizer(x):
    spalten = list(zip(*x.tolist()))
    mittel = [statistics.fmean(s) for s in spalten]
    streuung = [statistics.pstdev(s) for s in spalten]      # geteilt durch N, nicht N·1 weniger
    return mittel, streuung


def standardize(x, mean, std):
    übrig = []
    for s, m, größe in zip(x.T.tolist(), mean.tolist(), std.tolist()):
        übrig.append([0.0] * len(s) if größe == 0 else [(v - m) / größe for v in s])
    return [list(zeile) for zeile in zip(*übrig)]
