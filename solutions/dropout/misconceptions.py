"""What students believe about dropout, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import dropout as right

wrong = Misconceptions()


def _scale(p, training):
    """Return what inverted dropout multiplies the survivors by."""
    return 1 / (1 - p) if training and p < 1 else 1.0


def _fixed_number_kept(x, p, rng):
    """Drop exactly the rounded share of p, at random places."""
    keep = np.arange(x.size) >= round(p * x.size)
    return rng.permutation(keep).reshape(x.shape)


# ---- dropout_forward


@wrong(
    "dropout_forward.p_is_kept",
    "p is the probability with which an element is kept.",
    "Should p = 0.1 be much dropout or little?",
    "With p = 0.3 about 300 of 1000 elements become 0. Do about 700 of yours?",
    "Look at the comparison of the random numbers with p, and at what the scale makes of p.",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, 1 - p, rng, training)


@wrong(
    "dropout_forward.survivors_not_scaled",
    "Training drops elements and leaves the survivors as they are.",
    "The next layer sees a sum over many inputs. If some are dropped in training but none in evaluation, "
    "is the sum as large in both?",
    "With p = 0.5 and x = 1 everywhere, the mean of y in training is about 1. Is yours 0.5?",
    "Look at what the survivors are multiplied by in training.",
)
def dropout_forward(x, p, rng, training=True):
    y, mask = right.dropout_forward(x, p, rng, training)
    return y / _scale(p, training), mask


@wrong(
    "dropout_forward.scaled_again_in_evaluation",
    "Evaluation multiplies by 1 - p to make up for the dropped elements.",
    "Training makes up for the dropped elements already. How often should that be done?",
    "With p = 0.5 and x = 1, y is 1 on average in training. In evaluation it has to be 1, too: is yours 0.5?",
    "Look at what happens to x when training is False.",
)
def dropout_forward(x, p, rng, training=True):
    y, mask = right.dropout_forward(x, p, rng, training)
    return y if training else (1 - p) * y, mask


@wrong(
    "dropout_forward.still_random_in_evaluation",
    "Elements are dropped in evaluation, too.",
    "Should a finished network give two answers to the same question?",
    "With training=False and p = 0.5, x = (1, 2, 3) comes back as it is. Are some of yours 0, the others doubled?",
    "Look at where your code asks for training.",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, rng)


@wrong(
    "dropout_forward.divided_by_p",
    "The survivors are scaled up by 1/p.",
    "Which share of the elements is left after dropping, p or the rest?",
    "With p = 0.2 and x = 1 everywhere, the survivors become 1.25, so that the mean stays about 1. Are yours 5?",
    "Look at what the survivors are divided by. p = 0.5 can't tell the two possibilities apart.",
)
def dropout_forward(x, p, rng, training=True):
    y, mask = right.dropout_forward(x, p, rng, training)
    if not training or p == 0:
        return y, mask
    return x * (mask != 0) / p, mask


@wrong(
    "dropout_forward.one_mask_for_the_batch",
    "A dropped feature is dropped for all examples of the batch.",
    "How many decisions are taken for a batch of 4 examples with 3 features each?",
    "For x of shape (100, 3) and p = 0.5 about half of every column becomes 0. Are your columns all 0 or all kept?",
    "Look at the shape in which you draw the random numbers.",
)
def dropout_forward(x, p, rng, training=True):
    _, mask = right.dropout_forward(x[0] if x.ndim else x, p, rng, training)
    mask = np.broadcast_to(mask, x.shape)
    return x * mask, mask


@wrong(
    "dropout_forward.fixed_number_dropped",
    "Exactly the share p of the elements is dropped.",
    "If you toss a fair coin ten times, is it heads exactly five times?",
    "With p = 0.5, two elements both survive in a quarter of all calls. Does exactly one of yours, every time?",
    "Look at whether what becomes of one element depends on what became of the others.",
)
def dropout_forward(x, p, rng, training=True):
    y, mask = right.dropout_forward(x, p, rng, training)
    if training:
        mask = _fixed_number_kept(x, p, rng) * _scale(p, training)
        y = x * mask
    return y, mask


@wrong(
    "dropout_forward.probability_not_checked",
    "p always lies between 0 and 1.",
    "What should somebody see who passes 20 for 20 %?",
    "p = 1.2 is no probability. Does your function return something for it in place of a ValueError?",
    "Look at what happens to p before it is used, in either mode.",
)
def dropout_forward(x, p, rng, training=True):
    mask = (rng.random(x.shape) >= p) * _scale(p, training) if training else np.ones_like(x)
    return x * mask, mask


@wrong(
    "dropout_forward.probability_checked_in_training_only",
    "In evaluation p plays no part, so nobody has to look at it there.",
    "Would you rather hear of a wrong p in the first evaluation, or never?",
    "p = 1.2 raises a ValueError with training=True. Does it with training=False?",
    "Look at which comes first, the check of p or the return of evaluation.",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, rng, training) if training else (x.copy(), np.ones_like(x))


@wrong(
    "dropout_forward.nan_when_all_dropped",
    "The scale 1/(1 - p) exists for every p.",
    "How large is the scale of the survivors when nobody survives?",
    "With p = 1 in training, x = (1, 2, 3) becomes (0, 0, 0). Is yours NaN?",
    "Look at the division, and at what 0/0 gives.",
)
def dropout_forward(x, p, rng, training=True):
    y, mask = right.dropout_forward(x, p, rng, training)
    with np.errstate(all="ignore"):
        return (x * (mask != 0) / (1 - p) if training else y), mask


@wrong(
    "dropout_forward.own_seed_inside",
    "A fixed seed inside of the function makes its results reproducible, so rng is not needed.",
    "What does dropout teach the network if the same elements are dropped in every step?",
    "Call it twice with one rng and p = 0.5, for 100 elements: about half of the choices differ. Do none of yours?",
    "Look at where the generator comes from that your random numbers are drawn from.",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, np.random.default_rng(0), training)


@wrong.both("dropout_forward.survivors_not_scaled", "dropout_forward.scaled_again_in_evaluation")
def dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, p, rng, training)


@wrong.both("dropout_forward.p_is_kept", "dropout_forward.survivors_not_scaled")
def dropout_forward(x, p, rng, training=True):
    if not training:
        return right.dropout_forward(x, p, rng, training)
    return right.vanilla_dropout_forward(x, 1 - p, rng, training)


# ---- dropout_backward


@wrong(
    "dropout_backward.dy_passed_through",
    "Dropout changes activations, not gradients: dx is dy.",
    "If an element is dropped, does the loss still depend on it?",
    "With p = 0.5, x = (1, 2), y = (0, 4) and dy = (1, 1), dx is (0, 2). Is yours (1, 1)?",
    "Look at whether dx uses what the forward pass remembered.",
)
def dropout_backward(dy, cache):
    return dy.copy()


@wrong(
    "dropout_backward.scale_missing",
    "The gradient of a survivor is dy, without the scale of the forward pass.",
    "By how much does y grow when the x of a survivor grows by 1?",
    "With p = 0.5, x = (1, 2), y = (0, 4) and dy = (1, 1), dx is (0, 2). Is yours (0, 1)?",
    "Look at what the forward pass multiplies survivors by, and whether dx does as well.",
)
def dropout_backward(dy, cache):
    return dy * (cache != 0)


@wrong(
    "dropout_backward.mask_drawn_anew",
    "The backward pass drops elements of its own.",
    "Which elements of x did the loss depend on: those that the forward pass kept, or others?",
    "With p = 0.5, x = (1, 2), y = (0, 4) and dy = (1, 1), dx is (0, 2), never (2, 0).",
    "Look at whether the backward pass draws random numbers. What could the cache spare it?",
)
class MaskDrawnAnew:
    @staticmethod
    def dropout_forward(x, p, rng, training=True):
        y, _ = right.dropout_forward(x, p, rng, training)
        return y, (p, rng, training)

    @staticmethod
    def dropout_backward(dy, cache):
        dx, _ = right.dropout_forward(dy, *cache)
        return dx


@wrong(
    "dropout_backward.mask_read_off_y",
    "An element was dropped exactly if y is 0 there.",
    "After a ReLU many elements of x are 0. What is their y when they survive?",
    "With p = 0.5, x = (0, 2), nobody dropped and dy = (1, 1), dx is (2, 2). Is yours (0, 2)?",
    "Look at what the cache holds: the elements that were kept, or the output.",
)
class MaskReadOffY:
    @staticmethod
    def dropout_forward(x, p, rng, training=True):
        y, _ = right.dropout_forward(x, p, rng, training)
        return y, (y, _scale(p, training))

    @staticmethod
    def dropout_backward(dy, cache):
        y, scale = cache
        return dy * (y != 0) * scale


@wrong(
    "dropout_backward.scaled_twice",
    "dx is dy times the remembered mask, divided by 1 - p, although the mask holds the scale already.",
    "How often does the forward pass scale a survivor?",
    "With p = 0.5, x = (1, 2), y = (0, 4) and dy = (1, 1), dx is (0, 2). Is yours (0, 4)?",
    "Look at which values the remembered mask has: 0 and 1, or 0 and the scale?",
)
class ScaledTwice:
    @staticmethod
    def dropout_forward(x, p, rng, training=True):
        y, mask = right.dropout_forward(x, p, rng, training)
        return y, (mask, _scale(p, training))

    @staticmethod
    def dropout_backward(dy, cache):
        mask, scale = cache
        return dy * mask * scale


@wrong(
    "dropout_backward.masked_in_evaluation",
    "The gradient is masked and scaled, whichever mode the forward pass was in.",
    "In evaluation y is x. What is its derivative?",
    "After a forward pass with training=False, dy = (1, 2, 3) gives dx = (1, 2, 3). Are some of yours 0?",
    "Look at how the backward pass gets to know the mode of its forward pass.",
)
class MaskedInEvaluation:
    @staticmethod
    def dropout_forward(x, p, rng, training=True):
        y, mask = right.dropout_forward(x, p, rng)
        return (y if training else x.copy()), mask

    dropout_backward = staticmethod(right.dropout_backward)


@wrong.both("dropout_backward.mask_read_off_y", "dropout_backward.scale_missing")
class MaskReadOffYWithoutScale:
    @staticmethod
    def dropout_forward(x, p, rng, training=True):
        y, _ = right.dropout_forward(x, p, rng, training)
        return y, y

    @staticmethod
    def dropout_backward(dy, cache):
        return dy * (cache != 0)


# ---- vanilla_dropout_forward


@wrong(
    "vanilla_dropout_forward.scaled_in_training",
    "The survivors are scaled up in training, here as in inverted dropout.",
    "This form makes up for the dropped elements in one of the two modes only. In which?",
    "With p = 0.5 and x = (1, 2), a survivor keeps its value: y may be (0, 2), never (0, 4).",
    "Look at what the survivors are multiplied by in training.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    y, mask = right.vanilla_dropout_forward(x, p, rng, training)
    return y * _scale(p, training), mask


@wrong(
    "vanilla_dropout_forward.identity_in_evaluation",
    "Evaluation hands x through, here as in inverted dropout.",
    "In training, how much smaller than x is y on average? And in evaluation?",
    "With p = 0.25 and x = 1 everywhere, the mean of y in training is about 0.75. Is yours 1 in evaluation?",
    "Look at what happens to x when training is False.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    y, mask = right.vanilla_dropout_forward(x, p, rng, training)
    return (y if training else x.copy()), mask


@wrong(
    "vanilla_dropout_forward.p_is_kept",
    "p is the probability with which an element is kept.",
    "Should p = 0.1 be much dropout or little?",
    "With p = 0.3 about 300 of 1000 elements become 0, and evaluation turns 10 into 7. Are yours about 700, and 3?",
    "Look at the comparison of the random numbers with p, and at what evaluation multiplies by.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, 1 - p, rng, training)


@wrong(
    "vanilla_dropout_forward.times_p_in_evaluation",
    "Evaluation multiplies by p.",
    "Which share of the elements is alive in training, p or the rest?",
    "With p = 0.2 and x = 1 everywhere, the mean of y in training is about 0.8. Is yours 0.2 in evaluation?",
    "Look at the factor in evaluation. p = 0.5 can't tell the two possibilities apart.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    y, mask = right.vanilla_dropout_forward(x, p, rng, training)
    return (y if training else p * x), mask


@wrong(
    "vanilla_dropout_forward.fixed_number_dropped",
    "Exactly the share p of the elements is dropped.",
    "If you toss a fair coin ten times, is it heads exactly five times?",
    "With p = 0.5, two elements both survive in a quarter of all calls. Does exactly one of yours, every time?",
    "Look at whether what becomes of one element depends on what became of the others.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    y, mask = right.vanilla_dropout_forward(x, p, rng, training)
    if training:
        mask = _fixed_number_kept(x, p, rng)
        y = x * mask
    return y, mask


@wrong(
    "vanilla_dropout_forward.probability_not_checked",
    "p always lies between 0 and 1.",
    "What should somebody see who passes 20 for 20 %?",
    "p = 1.2 is no probability. Does your function return something for it in place of a ValueError?",
    "Look at what happens to p before it is used, in either mode.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    mask = rng.random(x.shape) >= p if training else np.full_like(x, 1 - p)
    return x * mask, mask


@wrong(
    "vanilla_dropout_forward.own_seed_inside",
    "A fixed seed inside of the function makes its results reproducible, so rng is not needed.",
    "What does dropout teach the network if the same elements are dropped in every step?",
    "Call it twice with one rng and p = 0.5, for 100 elements: about half of the choices differ. Do none of yours?",
    "Look at where the generator comes from that your random numbers are drawn from.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, p, np.random.default_rng(0), training)


@wrong(
    "vanilla_dropout_forward.still_random_in_evaluation",
    "Elements are dropped in evaluation, too.",
    "Should a finished network give two answers to the same question?",
    "With training=False and p = 0.5, x = (1, 2, 3) becomes (0.5, 1, 1.5). Are yours 0 or as they were?",
    "Look at where your code asks for training.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, p, rng)


@wrong.both("vanilla_dropout_forward.scaled_in_training", "vanilla_dropout_forward.identity_in_evaluation")
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, rng, training)


# ---- vanilla_dropout_backward


@wrong(
    "vanilla_dropout_backward.dy_passed_through_in_evaluation",
    "In evaluation dx is dy, here as in inverted dropout.",
    "What does this form do to x in evaluation, and what is the derivative of that?",
    "After a forward pass with training=False and p = 0.25, dy = (4, 8) gives dx = (3, 6). Is yours (4, 8)?",
    "Look at what the backward pass does after a forward pass with training=False.",
)
class DyPassedThroughInEvaluation:
    @staticmethod
    def vanilla_dropout_forward(x, p, rng, training=True):
        y, mask = right.vanilla_dropout_forward(x, p, rng, training)
        return y, mask if training else np.ones_like(x)

    vanilla_dropout_backward = staticmethod(right.vanilla_dropout_backward)


@wrong(
    "vanilla_dropout_backward.scaled_in_training",
    "The gradient of the survivors is scaled up, here as in inverted dropout.",
    "By how much does y grow when the x of a survivor grows by 1, in this form?",
    "With p = 0.5, x = (1, 2), y = (0, 2) and dy = (1, 1), dx is (0, 1). Is yours (0, 2)?",
    "Look at what the forward pass multiplies survivors by, and at whether dx does the same.",
)
class ScaledInTraining:
    @staticmethod
    def vanilla_dropout_forward(x, p, rng, training=True):
        y, mask = right.vanilla_dropout_forward(x, p, rng, training)
        return y, mask * _scale(p, training)

    vanilla_dropout_backward = staticmethod(right.vanilla_dropout_backward)


@wrong(
    "vanilla_dropout_backward.mask_read_off_y",
    "An element was dropped exactly if y is 0 there.",
    "After a ReLU many elements of x are 0. What is their y when they survive?",
    "With x = (0, 2) in training, nobody dropped and dy = (1, 1), dx is (1, 1). Is yours (0, 1)?",
    "Look at what the cache holds: the elements that were kept, or the output.",
)
class VanillaMaskReadOffY:
    @staticmethod
    def vanilla_dropout_forward(x, p, rng, training=True):
        y, _ = right.vanilla_dropout_forward(x, p, rng, training)
        return y, (y, 1 if training else 1 - p)

    @staticmethod
    def vanilla_dropout_backward(dy, cache):
        y, scale = cache
        return dy * (y != 0) * scale


@wrong(
    "vanilla_dropout_backward.dy_passed_through",
    "Dropout changes activations, not gradients: dx is dy.",
    "If an element is dropped, does the loss still depend on it?",
    "In training with x = (1, 2), y = (0, 2) and dy = (1, 1), dx is (0, 1). Is yours (1, 1)?",
    "Look at whether dx uses what the forward pass remembered.",
)
def vanilla_dropout_backward(dy, cache):
    return dy.copy()


@wrong(
    "vanilla_dropout_backward.divided_by_the_share_kept",
    "In training the gradient is divided by the share of the elements that survived, to make up for the others.",
    "By how much does y grow when the x of a survivor grows by 1, in this form?",
    "In training with x = (1, 2), y = (0, 2) and dy = (1, 1), dx is (0, 1). Is yours (0, 2)?",
    "Look for a mean of the mask in dx: does the forward pass divide by it as well?",
)
class DividedByTheShareKept:
    @staticmethod
    def vanilla_dropout_forward(x, p, rng, training=True):
        y, mask = right.vanilla_dropout_forward(x, p, rng, training)
        return y, (mask, training)

    @staticmethod
    def vanilla_dropout_backward(dy, cache):
        mask, training = cache
        return dy * mask / mask.mean() if training and mask.any() else dy * mask
