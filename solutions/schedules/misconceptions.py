"""What is wrongly believed about learning-rate decay and monitoring, and what code comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

wrong = Misconceptions()


# ---- step_decay


@wrong(
    "step_decay.never_constant",
    "The number of steps is epoch/every, fractions included.",
    "How many whole steps lie behind you when half of the first stage is over?",
    "With lr0 = 1, factor = 0.1 and every = 30, the rate is still 1 in epoch 15. Yours is 0.32.",
    "Look at the exponent: which kind of division is it?",
)
def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * factor ** (epoch / every)


@wrong(
    "step_decay.one_epoch_early",
    "Epochs count from 1, so one is added before the steps are counted.",
    "What is the number of the first epoch, and how many epochs have the rate lr0?",
    "With every = 30, epochs 0 to 29 have the rate lr0. Yours steps down in epoch 29 already.",
    "Look at what you divide by `every`: is it the epoch itself?",
)
def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * factor ** ((epoch + 1) // every)


@wrong(
    "step_decay.one_epoch_late",
    "The rate steps down after epoch `every`, not in it.",
    "Which is the first epoch with the lower rate?",
    "With every = 30, epoch 30 is the first with the lower rate. Yours still has lr0 there and steps down in epoch 31.",
    "Look at how the steps are counted: what happens when the epoch is exactly a multiple of `every`?",
)
def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * factor ** (max(epoch - 1, 0) // every)


@wrong(
    "step_decay.only_once",
    "The rate has two stages: lr0 before epoch `every`, and a lower one from there on.",
    "What happens in epoch 2·every?",
    "With lr0 = 1, factor = 0.1 and every = 30, the rate of epoch 60 is 0.01. Yours is still 0.1.",
    "Look at how often the factor can be multiplied in.",
)
def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 if epoch < every else lr0 * factor


# ---- exponential_decay


@wrong(
    "exponential_decay.gamma_as_rate_constant",
    "γ is the constant in the exponent of e.",
    "γ is 0.95 by default. How much of the rate should be left after one epoch?",
    "With lr0 = 1 and γ = 0.95 the rate of epoch 1 is 0.95. Yours is 0.39.",
    "Look at what is raised to which power.",
)
def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * np.exp(-gamma * epoch)


@wrong(
    "exponential_decay.first_epoch_decayed",
    "The rate has been multiplied by γ once before the first epoch begins.",
    "Which number has the first epoch, and which rate does it use?",
    "With lr0 = 1 and γ = 0.95 the rate of epoch 0 is 1. Yours is 0.95.",
    "Look at the exponent, or at how many rounds your loop makes for epoch 0.",
)
def exponential_decay(lr0, epoch, gamma=0.95):
    return lr0 * gamma ** (epoch + 1)


# ---- inverse_time_decay


@wrong(
    "inverse_time_decay.divides_the_current_rate",
    "Every epoch divides the rate of the epoch before it.",
    "Does the formula start from lr0 in every epoch, or from the rate that was reached?",
    "With lr0 = 1 and k = 1 the rates are 1, 1/2, 1/3. Yours go on with 1/6.",
    "Look at what is divided: does it change from epoch to epoch?",
)
def inverse_time_decay(lr0, epoch, k=1.0):
    lr = lr0
    for e in range(epoch + 1):
        lr = lr / (1 + k * e)
    return lr


@wrong(
    "inverse_time_decay.brackets_missing",
    "The division reaches over the whole sum that is written behind it.",
    "In which order does Python work out a division and a sum?",
    "With lr0 = 0.5 and k = 1 the rate of epoch 4 is 0.1. Yours is 4.5: it rises.",
    "Look at the denominator: which part of it does the division sign take?",
)
def inverse_time_decay(lr0, epoch, k=1.0):
    return lr0 / 1 + k * epoch


# ---- cosine_decay


@wrong(
    "cosine_decay.rises_again",
    "The cosine goes on after `total`, as in PyTorch.",
    "What should the rate do when the training goes on longer than planned?",
    "With total = 10, lr0 = 1 and lr_min = 0, the rate of epoch 20 is 0. Yours is back at 1.",
    "Look at what your function does with an epoch that is larger than `total`.",
)
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * epoch / total)) / 2


@wrong(
    "cosine_decay.cosine_not_lifted",
    "The cosine itself goes from 1 to 0.",
    "Which values does a cosine take on the way from 0 to π?",
    "With total = 10, lr0 = 1 and lr_min = 0, the rates of epochs 5 and 10 are 0.5 and 0. Yours are 0 and −1.",
    "Look at the range of your cosine, and how it becomes a share between 1 and 0.",
)
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + (lr0 - lr_min) * np.cos(np.pi * min(epoch, total) / total)


@wrong(
    "cosine_decay.whole_period",
    "A whole period of the cosine fits into `total` epochs.",
    "Where is the lowest point of your curve: at the end, or in the middle?",
    "With total = 10, lr0 = 1 and lr_min = 0, the rates of epochs 5 and 10 are 0.5 and 0. Yours are 0 and 1.",
    "Look at the angle that is reached at epoch `total`.",
)
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + (lr0 - lr_min) * (1 + np.cos(2 * np.pi * min(epoch, total) / total)) / 2


@wrong(
    "cosine_decay.minimum_added_on_top",
    "lr_min is added to a curve that starts from lr0 and ends at 0.",
    "What is the rate of epoch 0, with and without an lr_min?",
    "With lr0 = 1 and lr_min = 0.1 the rate of epoch 0 is 1. Yours is 1.1.",
    "Look at how far your curve falls, and how far it should fall.",
)
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + lr0 * (1 + np.cos(np.pi * min(epoch, total) / total)) / 2


@wrong(
    "cosine_decay.ends_one_epoch_early",
    "The last of `total` epochs has the number total − 1, so the rate reaches lr_min there.",
    "In which epoch does the handout's curve arrive at lr_min?",
    "With total = 10, lr0 = 1 and lr_min = 0, the rate of epoch 9 is 0.024, that of epoch 10 is 0. Yours is 0 in 9.",
    "Look at what the epoch is divided by.",
)
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    share = min(epoch / max(total - 1, 1), 1)
    return lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * share)) / 2


@wrong.both("cosine_decay.rises_again", "cosine_decay.minimum_added_on_top")
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + lr0 * (1 + np.cos(np.pi * epoch / total)) / 2


@wrong.both("cosine_decay.rises_again", "cosine_decay.cosine_not_lifted")
def cosine_decay(lr0, epoch, total, lr_min=0.0):
    return lr_min + (lr0 - lr_min) * np.cos(np.pi * epoch / total)


# ---- reduce_on_plateau


@wrong(
    "reduce_on_plateau.one_epoch_too_soon",
    "The rate falls as soon as there have been `patience` bad epochs.",
    "How many bad epochs in a row are put up with, and which one is too many?",
    "With patience = 2 and losses 1, 1, 1, 1 the rate falls in epoch 3, the third bad one. Yours falls in epoch 2.",
    "Look at the comparison of the count with `patience`.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
            if bad >= patience:
                lr, bad = lr * factor, 0
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.count_goes_on_after_a_reduction",
    "Bad epochs are counted from the last good one, also across a reduction.",
    "The rate has just fallen. How much time does the new rate get to show what it can do?",
    "With patience = 2, lr0 = 1 and factor = 0.1, six losses of 1 end at the rate 0.1. Yours is 0.001.",
    "Look at what else has to change when the rate is multiplied.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr = lr * factor
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.bad_epochs_not_in_a_row",
    "All bad epochs since the last reduction count, good ones in between or not.",
    "What does a good epoch mean for the bad ones before it?",
    "With patience = 1 and losses 1, 1, 0.5, 0.5 the two bad epochs are not neighbors. Yet your rate falls.",
    "Look at everything that has to happen in a good epoch.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best = loss
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr * factor, 0
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.compared_with_the_epoch_before",
    "An epoch is good when its loss is lower than that of the epoch before.",
    "Is a loss that is lower than yesterday's also lower than all before it?",
    "With patience = 1 and losses 1, 3, 2 the last two are both bad, and the rate falls. Yours takes 2 for good.",
    "Look at when the loss that you compare with is replaced.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    before, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        bad = 0 if loss < before * (1 - threshold) else bad + 1
        before = loss
        if bad > patience:
            lr, bad = lr * factor, 0
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.absolute_threshold",
    "The threshold is an amount of loss, whatever the size of the losses.",
    "Is the threshold a share of the best loss, or an amount?",
    "With threshold = 0.25 and a best loss of 8, only a loss below 6 is good. Yours is content with 7.",
    "Look at how the best loss and the threshold are put together.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best - threshold:
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr * factor, 0
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.every_reduction_from_lr0",
    "A reduction sets the rate to lr0 times the factor.",
    "What is multiplied at the second reduction: the rate at the start, or the one that is in force?",
    "With patience = 0, lr0 = 1 and factor = 0.1, the losses 1, 1, 1 give the rates 1, 0.1, 0.01. Yours stay at 0.1.",
    "Look at what stands beside the factor.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr0 * factor, 0
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.factor_taken_off",
    "The factor is the share of the rate that a reduction takes away.",
    "Is the factor what is left of the rate, or what is lost?",
    "With lr0 = 1 and factor = 0.1, the rate after the first reduction is 0.1. Yours is 0.9.",
    "Look at what the rate is multiplied by.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr * (1 - factor), 0
        rates.append(lr)
    return rates


@wrong(
    "reduce_on_plateau.rate_before_the_loss",
    "The list holds the rate that each epoch was trained with.",
    "Is it the rate before a loss is seen that belongs in the list, or the rate after it?",
    "With patience = 0, lr0 = 1 and factor = 0.1, the losses 1, 1 give the rates 1, 0.1. Yours are 1, 1.",
    "Look at the order of what happens in your loop.",
)
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        rates.append(lr)
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr * factor, 0
    return rates


@wrong.both("reduce_on_plateau.one_epoch_too_soon", "reduce_on_plateau.count_goes_on_after_a_reduction")
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
            if bad >= patience:
                lr = lr * factor
        rates.append(lr)
    return rates


@wrong.both("reduce_on_plateau.absolute_threshold", "reduce_on_plateau.count_goes_on_after_a_reduction")
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best - threshold:
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr = lr * factor
        rates.append(lr)
    return rates


# ---- early_stopping


@wrong(
    "early_stopping.one_epoch_too_late",
    "Training stops after more than `patience` epochs without improvement.",
    "Which epoch is the last: the one that makes `patience` epochs without improvement, or the one after it?",
    "With patience = 2 and losses 1, 1, 1, 1 training stops at epoch 2. Yours goes on to epoch 3.",
    "Look at the comparison with `patience`.",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch > patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch


@wrong(
    "early_stopping.epochs_not_in_a_row",
    "All epochs without improvement count, improvements in between or not.",
    "What does an improvement mean for the bad epochs before it?",
    "With patience = 2 and losses 1, 2, 0.5, 0.7, 0.4 training runs to the end. Yours stops at epoch 3.",
    "Look at everything that has to happen when an epoch improves.",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch, waited = np.inf, 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        else:
            waited += 1
            if waited >= patience:
                return epoch, best_epoch
    return len(val_losses) - 1, best_epoch


@wrong(
    "early_stopping.tie_improves",
    "A loss that equals the best one is an improvement.",
    "Has anything become better when the loss is the same as before?",
    "With patience = 2 and losses 1, 1, 1, 1 training stops at epoch 2, and the best epoch is 0. Yours never stops.",
    "Look at the comparison with the best loss: what does it say about two equal numbers?",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss <= best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch


@wrong(
    "early_stopping.compared_with_the_epoch_before",
    "An epoch improves when its loss is lower than that of the epoch before.",
    "Is a loss that is lower than yesterday's also lower than all before it?",
    "With patience = 2 and losses 1, 3, 2 epoch 0 is best and epoch 2 is the stop. Yours takes epoch 2 for best.",
    "Look at when the loss that you compare with is replaced.",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    before, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < before - min_delta:
            best_epoch = epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
        before = loss
    return len(val_losses) - 1, best_epoch


@wrong(
    "early_stopping.last_epoch_as_best",
    "The parameters to keep are those of the epoch at which training stops.",
    "Why are two numbers returned, when training stops at one epoch only?",
    "With patience = 2 and losses 1, 0.5, 0.7, 0.8 training stops at epoch 3, but epoch 1 is best. Yours keeps 3.",
    "Look at the second number that you return.",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch >= patience:
            return epoch, epoch
    return len(val_losses) - 1, len(val_losses) - 1


@wrong(
    "early_stopping.best_of_all_losses",
    "The best epoch is the one with the lowest loss of the whole list.",
    "Do the losses after the stop exist, when training has really stopped?",
    "With patience = 2 and losses 1, 2, 2, 0.5 training stops at epoch 2, and the best epoch is 0. Yours is 3.",
    "Look at which losses your search for the lowest one goes through.",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, waited, stop_epoch = np.inf, 0, len(val_losses) - 1
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, waited = loss, 0
        else:
            waited += 1
        if waited >= patience:
            stop_epoch = epoch
            break
    return stop_epoch, int(np.argmin(val_losses))


@wrong(
    "early_stopping.small_gains_move_the_best_loss",
    "The best loss follows every lower loss, also one that is too little for an improvement.",
    "Can several small gains add up to an improvement, if the bar is lowered after each?",
    "With min_delta = 0.1 and losses 1, 0.96, 0.92, 0.88 the last epoch improves on 1. Yours compares it with 0.92.",
    "Look at when the best loss is replaced.",
)
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best_epoch = epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
        best = min(best, loss)
    return len(val_losses) - 1, best_epoch


@wrong.both("early_stopping.one_epoch_too_late", "early_stopping.tie_improves")
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss <= best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch > patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch


@wrong.both("early_stopping.one_epoch_too_late", "early_stopping.last_epoch_as_best")
def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch > patience:
            return epoch, epoch
    return len(val_losses) - 1, len(val_losses) - 1


# ---- in more detail


def _patches(function, changes):
    """Add misconceptions that change one place of the solution each."""
    for name, (belief, question, example, place, replace, by) in changes.items():
        wrong.patch(f"{function}.{name}", belief, question, example, place, replace=replace, by=by)


_patches(
    "step_decay",
    {
        "rounded_to_the_nearest_step": (
            "The number of steps is rounded to the nearest whole number.",
            "At which epoch does the rate fall for the first time?",
            "With every=30, epoch 20 still has lr0. Yours has fallen already.",
            "Look at what makes a whole number of the quotient.",
            "(epoch // every)",
            "round(epoch / every)",
        ),
        "factor_and_every_multiplied": (
            "The factor is multiplied by the number of steps, not raised to it.",
            "What are two reductions to a tenth together?",
            "With factor 0.1, two steps leave a hundredth. Yours leave a fifth.",
            "Look at the operation between factor and the number of steps.",
            "factor ** (epoch // every)",
            "(factor * (epoch // every) if epoch >= every else 1)",
        ),
        "divided_by_factor": (
            "The rate is divided by the factor.",
            "Should the rate fall or rise with factor = 0.1?",
            "lr0 = 1, factor = 0.1: after one step the rate is 0.1. Yours is 10.",
            "Look at the operation between lr0 and the power.",
            "lr0 * factor",
            "lr0 / factor",
        ),
    },
)
_patches(
    "exponential_decay",
    {
        "loss_of_rate_as_constant": (
            "The rate falls with e to the power −(1 − γ)·epoch.",
            "What is the rate in epoch 1, exactly?",
            "lr0 = 1, γ = 0.5: epoch 1 has 0.5. Yours has 0.607.",
            "Look for an exponential with base e: which base does the formula have?",
            "lr0 * gamma**epoch",
            "lr0 * np.exp(-(1 - gamma) * epoch)",
        ),
        "multiplied_by_epoch": (
            "γ is multiplied by the epoch.",
            "What is the rate in epoch 0?",
            "lr0 = 1, γ = 0.5: the rates are 1, 0.5, 0.25. Yours are 0, 0.5, 1.",
            "Look at the operation between gamma and epoch.",
            "gamma**epoch",
            "gamma * epoch",
        ),
        "one_minus_gamma": (
            "γ is the share that is taken off.",
            "How much of the rate is left after one epoch with γ = 0.95?",
            "lr0 = 1, γ = 0.95: epoch 1 has 0.95. Yours has 0.05.",
            "Look at what is raised to the power.",
            "gamma**epoch",
            "(1 - gamma) ** epoch",
        ),
    },
)
_patches(
    "inverse_time_decay",
    {
        "counts_from_one": (
            "The first epoch has the number 1.",
            "What is the rate in epoch 0?",
            "lr0 = 1, k = 1: epoch 0 has the rate 1. Yours has 0.5.",
            "Look at what is added to epoch.",
            "k * epoch",
            "k * (epoch + 1)",
        ),
        "power_for_product": (
            "1 + k is raised to the epoch.",
            "Does the rate fall like 1/epoch, or faster?",
            "lr0 = 1, k = 1: epoch 3 has the rate 0.25. Yours has 0.125.",
            "Look at the operation between k and epoch.",
            "(1 + k * epoch)",
            "(1 + k) ** epoch",
        ),
        "k_and_one_exchanged": (
            "The rate is lr0/(k + epoch).",
            "What is the rate in epoch 0?",
            "lr0 = 1, k = 2: epoch 0 has the rate 1. Yours has 0.5.",
            "Look at which of the two, 1 or k, stands beside epoch.",
            "(1 + k * epoch)",
            "(k + epoch)",
        ),
        "k_ignored": (
            "The rate is lr0/(1 + epoch).",
            "What should change with k?",
            "lr0 = 1, k = 2: epoch 1 has the rate 1/3. Yours has 1/2.",
            "Look for k in your formula.",
            "k * epoch",
            "epoch",
        ),
        "root_of_time": (
            "The rate falls with the root of the epoch.",
            "How much is left after 99 epochs with k = 1?",
            "lr0 = 1, k = 1: epoch 99 has the rate 0.01. Yours has 0.1.",
            "Look for a root.",
            "(1 + k * epoch)",
            "np.sqrt(1 + k * epoch)",
        ),
    },
)
_patches(
    "cosine_decay",
    {
        "minimum_as_a_floor": (
            "The curve goes down to 0, and is cut off at lr_min.",
            "Where is the curve halfway down, in the middle of all epochs?",
            "lr0 = 1, lr_min = 0.5: in the middle the rate is 0.75. Yours is 0.5.",
            "Look at whether lr_min is a part of the formula, or a limit.",
            "return lr_min + (lr0 - lr_min) * (1 + np.cos(np.pi * progress)) / 2",
            "return max(lr_min, lr0 * (1 + np.cos(np.pi * progress)) / 2)",
        ),
        "quarter_of_a_cosine": (
            "The rate follows a quarter of a cosine.",
            "How steep is the curve at its end?",
            "lr0 = 1, lr_min = 0: in the middle the rate is 0.5. Yours is 0.707.",
            "Look at the angle at the end, and at what is added to the cosine.",
            "(1 + np.cos(np.pi * progress)) / 2",
            "np.cos(np.pi * progress / 2)",
        ),
        "warm_restart": (
            "After `total` epochs the curve starts again.",
            "What is the rate long after `total`?",
            "lr0 = 1, lr_min = 0.1, total = 10: epoch 15 has 0.1. Yours has the rate of epoch 5.",
            "Look for a remainder of the division by total.",
            "min(epoch, total) / total",
            "(epoch % total) / total",
        ),
        "zero_after_total": (
            "After `total` the rate is 0.",
            "What is the lowest rate?",
            "lr0 = 1, lr_min = 0.1, total = 10: epoch 15 has 0.1. Yours has 0.",
            "Look at what you return after total.",
            "progress = min(epoch, total) / total",
            "if epoch > total:\n        return 0.0\n    progress = epoch / total",
        ),
        "lr0_after_total": (
            "After `total` the rate is that of the beginning.",
            "What is the rate long after `total`?",
            "lr0 = 1, lr_min = 0.1, total = 10: epoch 15 has 0.1. Yours has 1.",
            "Look at what you return after total.",
            "progress = min(epoch, total) / total",
            "if epoch > total:\n        return lr0\n    progress = epoch / total",
        ),
        "half_forgotten": (
            "1 plus the cosine is the factor.",
            "What is 1 + cos(0)?",
            "lr0 = 1, lr_min = 0: epoch 0 has 1. Yours has 2.",
            "Look for the division by 2.",
            "(1 + np.cos(np.pi * progress)) / 2",
            "(1 + np.cos(np.pi * progress))",
        ),
    },
)
_patches(
    "reduce_on_plateau",
    {
        "best_follows_every_smaller_loss": (
            "Every smaller loss is the best one, whether its epoch is good or not.",
            "Many small steps down: do they add up to a good epoch?",
            "threshold = 0.1, losses 1, 0.95, 0.89: the third is good, since 0.89 < 0.9. Yours compares it with 0.95.",
            "Look at when the best loss is renewed.",
            "bad += 1",
            "best, bad = min(best, loss), bad + 1",
        ),
        "best_forgotten_after_a_reduction": (
            "After a reduction the search for the best loss starts again.",
            "With what is the first loss after a reduction compared?",
            "The best loss stays what it was. In yours the next epoch is always good.",
            "Look at what a reduction sets back.",
            "lr, bad = lr * factor, 0",
            "lr, bad, best = lr * factor, 0, np.inf",
        ),
        "exact_tie_is_good": (
            "A loss exactly at the limit is good.",
            "Is the comparison strict?",
            "threshold = 0.5, losses 1 and 0.5: the second is bad, since it is not below 0.5.",
            "Look at the comparison: < or <=?",
            "if loss < best",
            "if loss <= best",
        ),
        "first_epoch_is_bad": (
            "The best loss starts at the first one.",
            "Is the first epoch good or bad?",
            "The best loss starts at ∞, so the first epoch is good. In yours it is bad, and the count starts early.",
            "Look at what the best loss starts at.",
            "best, bad, lr = np.inf, 0, lr0",
            "best, bad, lr = losses[0], 0, lr0",
        ),
        "rate_recovers": (
            "A good epoch brings the first rate back.",
            "What should a good epoch do to the rate?",
            "After a reduction the rate stays low. Yours goes up again with the next good epoch.",
            "Look at what a good epoch changes.",
            "best, bad = loss, 0",
            "best, bad, lr = loss, 0, lr0",
        ),
        "threshold_ignored": (
            "Every smaller loss is good.",
            "What should change with the threshold?",
            "threshold = 0.1, losses 1 and 0.95: the second is bad. In yours it is good.",
            "Look for threshold in your comparison.",
            "best * (1 - threshold)",
            "best",
        ),
    },
)
_patches(
    "early_stopping",
    {
        "relative_min_delta": (
            "min_delta is a share of the best loss.",
            "By how much must a loss lie below the best one of 10 with min_delta = 0.5?",
            "min_delta = 0.5, losses 10 and 9: the second is an improvement. In yours it is none.",
            "Look at the operation between the best loss and min_delta.",
            "best - min_delta",
            "(best * (1 - min_delta) if best < np.inf else best)",
        ),
        "stops_one_past_the_end": (
            "Without a stop, the stop epoch is the number of epochs.",
            "Which number has the last of 5 epochs?",
            "5 epochs without a stop: the stop epoch is 4. Yours is 5.",
            "Look at what you return after the loop.",
            "return len(val_losses) - 1, best_epoch",
            "return len(val_losses), best_epoch",
        ),
        "one_epoch_too_soon": (
            "The best epoch counts as one without improvement.",
            "With patience = 1, how many epochs without improvement are put up with before the stop?",
            "patience = 2, losses 1, 2, 2: the stop is at epoch 2. Yours is at epoch 1.",
            "Look at how the epochs since the best one are counted.",
            "epoch - best_epoch >= patience",
            "epoch - best_epoch >= patience - 1",
        ),
        "min_delta_added": (
            "min_delta makes the comparison more generous.",
            "Should a larger min_delta make improvements easier or harder?",
            "min_delta = 0.5, losses 1 and 1.2: the second is no improvement. In yours it is one.",
            "Look at the sign of min_delta.",
            "best - min_delta",
            "best + min_delta",
        ),
        "min_delta_ignored": (
            "Every smaller loss is an improvement.",
            "What should change with min_delta?",
            "min_delta = 0.5, losses 1 and 0.8: the second is no improvement. In yours it is one.",
            "Look for min_delta in your comparison.",
            "best - min_delta",
            "best",
        ),
    },
)
