"""Frozen dataclasses: every epoch makes a new state out of the old one with `match`, and rules are objects."""
import math
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Relative:
    share: float

    def limit(self, best):
        return best * (1 - self.share)


@dataclass(frozen=True)
class Absolute:
    amount: float

    def limit(self, best):
        return best - self.amount


@dataclass(frozen=True)
class Monitor:
    rule: object
    best: float = math.inf
    best_epoch: int = -1
    epoch: int = -1
    bad: int = 0

    def see(self, loss):
        now = replace(self, epoch=self.epoch + 1)
        match bool(loss < self.rule.limit(self.best)):
            case True:
                return replace(now, best=loss, best_epoch=now.epoch, bad=0)
            case False:
                return replace(now, bad=self.bad + 1)

    def forgive(self):
        return replace(self, bad=0)


@dataclass
class Schedule:
    lr0: float
    history: dict = field(default_factory=dict)

    def at(self, epoch):
        if epoch not in self.history:
            self.history[epoch] = self.lr0 * self.share(epoch)
        return self.history[epoch]


@dataclass
class Step(Schedule):
    factor: float = 0.1
    every: int = 30

    def share(self, epoch):
        return self.factor ** (epoch // self.every)


@dataclass
class Exponential(Schedule):
    gamma: float = 0.95

    def share(self, epoch):
        return self.gamma**epoch


@dataclass
class InverseTime(Schedule):
    k: float = 1.0

    def share(self, epoch):
        return 1 / (1 + self.k * epoch)


@dataclass
class Cosine(Schedule):
    total: int = 1

    def share(self, epoch):
        return (1 + math.cos(math.pi * epoch / self.total)) / 2 if epoch < self.total else 0


def step_decay(lr0, epoch, factor=0.1, every=30):
    return Step(lr0, factor=factor, every=every).at(epoch)


def exponential_decay(lr0, epoch, gamma=0.95):
    return Exponential(lr0, gamma=gamma).at(epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    return InverseTime(lr0, k=k).at(epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + Cosine(lr0 - lr_min, total=total).at(epoch)


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    monitor, rates = Monitor(Relative(threshold)), [lr0]
    for loss in losses:
        monitor = monitor.see(loss)
        if monitor.bad > patience:
            monitor = monitor.forgive()
            rates.append(rates[-1] * factor)
        else:
            rates.append(rates[-1])
    return rates[1:]


def early_stopping(val_losses, patience=5, min_delta=0.0):
    monitor = Monitor(Absolute(min_delta))
    for loss in val_losses:
        monitor = monitor.see(loss)
        if monitor.bad >= patience:
            break
    return monitor.epoch, monitor.best_epoch
