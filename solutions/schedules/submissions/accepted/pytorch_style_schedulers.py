"""Schedulers with step() around an optimizer, in the manner of a framework: each rate from the one before it."""
import math


class Optimizer:
    def __init__(self, lr):
        self.param_groups = [{"lr": lr, "initial_lr": lr}]


class Scheduler:
    def __init__(self, optimizer):
        self.optimizer = optimizer
        self.last_epoch = 0

    @property
    def lr(self):
        return self.optimizer.param_groups[0]["lr"]

    def step(self):
        self.last_epoch += 1
        for group in self.optimizer.param_groups:
            group["lr"] = self.get_lr(group)

    def run(self, epochs):
        for _ in range(epochs):
            self.step()
        return self.lr


class StepLR(Scheduler):
    def __init__(self, optimizer, step_size, gamma):
        super().__init__(optimizer)
        self.step_size, self.gamma = step_size, gamma

    def get_lr(self, group):
        if self.last_epoch % self.step_size != 0:
            return group["lr"]
        return group["lr"] * self.gamma


class ExponentialLR(Scheduler):
    def __init__(self, optimizer, gamma):
        super().__init__(optimizer)
        self.gamma = gamma

    def get_lr(self, group):
        return group["lr"] * self.gamma


class LambdaLR(Scheduler):
    def __init__(self, optimizer, lr_lambda):
        super().__init__(optimizer)
        self.lr_lambda = lr_lambda

    def get_lr(self, group):
        return group["initial_lr"] * self.lr_lambda(self.last_epoch)


class CosineAnnealingLR(Scheduler):
    def __init__(self, optimizer, T_max, eta_min):
        super().__init__(optimizer)
        self.T_max, self.eta_min = T_max, eta_min

    def get_lr(self, group):
        if self.last_epoch >= self.T_max:
            return self.eta_min
        now = 1 + math.cos(math.pi * self.last_epoch / self.T_max)
        before = 1 + math.cos(math.pi * (self.last_epoch - 1) / self.T_max)
        return now / before * (group["lr"] - self.eta_min) + self.eta_min


class ReduceLROnPlateau(Scheduler):
    def __init__(self, optimizer, factor, patience, threshold):
        super().__init__(optimizer)
        self.factor, self.patience, self.threshold = factor, patience, threshold
        self.best, self.num_bad_epochs = math.inf, 0

    def is_better(self, a, best):
        return a < best * (1.0 - self.threshold)

    def step(self, metrics):
        if self.is_better(metrics, self.best):
            self.best = metrics
            self.num_bad_epochs = 0
        else:
            self.num_bad_epochs += 1
        if self.num_bad_epochs > self.patience:
            for group in self.optimizer.param_groups:
                group["lr"] *= self.factor
            self.num_bad_epochs = 0


class EarlyStopping:
    def __init__(self, patience, min_delta):
        self.patience, self.min_delta = patience, min_delta
        self.best_score, self.best_epoch, self.counter, self.early_stop = None, None, 0, False

    def __call__(self, epoch, val_loss):
        score = -val_loss
        if self.best_score is None or score > self.best_score + self.min_delta:
            self.best_score, self.best_epoch, self.counter = score, epoch, 0
        else:
            self.counter += 1
            self.early_stop = self.counter >= self.patience


def step_decay(lr0, epoch, factor=0.1, every=30):
    return StepLR(Optimizer(lr0), every, factor).run(epoch)


def exponential_decay(lr0, epoch, gamma=0.95):
    return ExponentialLR(Optimizer(lr0), gamma).run(epoch)


def inverse_time_decay(lr0, epoch, k=1.0):
    return LambdaLR(Optimizer(lr0), lambda e: 1 / (1 + k * e)).run(epoch)


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return CosineAnnealingLR(Optimizer(lr0), total, lr_min).run(epoch)


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    scheduler = ReduceLROnPlateau(Optimizer(lr0), factor, patience, threshold)
    rates = []
    for loss in losses:
        scheduler.step(loss)
        rates.append(scheduler.lr)
    return rates


def early_stopping(val_losses, patience=5, min_delta=0.0):
    stopper = EarlyStopping(patience, min_delta)
    for epoch, val_loss in enumerate(val_losses):
        stopper(epoch, val_loss)
        if stopper.early_stop:
            break
    return epoch, stopper.best_epoch
