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
    "With patience = 1 and losses 1, 1, 0.5, 0.5 the two bad epochs are not neighbours. Yet your rate falls.",
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
