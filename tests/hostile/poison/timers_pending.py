"""Leaves timers pending and signals blocked when it ends by os._exit."""

import os
import signal


def fit_standardizer(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM, signal.SIGCHLD})
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.01)
    signal.setitimer(signal.ITIMER_PROF, 0.05, 0.01)
    signal.alarm(1)
    os._exit(0)
