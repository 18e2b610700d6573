"""What students believe about dropout, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import dropout as right

wrong = Misconceptions()
wrong.guarded(
    "dropout_forward.extremes",
    "dropout_forward.rare_events",
    "vanilla_dropout_forward.extremes",
    "vanilla_dropout_forward.rare_events",
    "dropout_backward.extremes",
    "vanilla_dropout_backward.extremes",
)
_own_generator = np.random.default_rng(1933)  # so that answers are recorded alike every time


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


@wrong.both(
    "dropout_forward.p_is_kept", "dropout_forward.survivors_not_scaled", "dropout_forward.scaled_again_in_evaluation"
)
def dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, 1 - p, rng, training)


def _with_mask(mask_of):
    """Return a forward pass whose mask in training is made by `mask_of`, for p < 1."""

    def dropout_forward(x, p, rng, training=True):
        y, mask = right.dropout_forward(x, p, rng, training)
        if training and p < 1:
            mask = mask_of(x, p, rng, mask)
            y = x * mask
        return y, mask

    return dropout_forward


wrong.also("dropout_forward.p_is_kept")(_with_mask(lambda x, p, rng, mask: (rng.random(x.shape) < p) / (1 - p)))
wrong.also("dropout_forward.one_mask_for_the_batch")(
    _with_mask(lambda x, p, rng, mask: np.broadcast_to((rng.random(x.shape[-1:]) >= p) / (1 - p), x.shape))
)

wrong(
    "dropout_forward.normal_draws",
    "Normally distributed random numbers are compared with p.",
    "Which share of the random numbers that you draw is below p? Try it with ten thousand of them and p = 0.1.",
    "Of standard normal numbers, 54 % are below 0.1 and half are below 0, so that even p = 0 would drop half of the "
    "elements. Of numbers that are uniform between 0 and 1, exactly the share p is below p.",
    "Look at the method of rng that draws your numbers: what is its distribution, and which one has the property that "
    "a number is below p with the probability p?",
)(_with_mask(lambda x, p, rng, mask: (rng.standard_normal(x.shape) >= p) / (1 - p)))
wrong.also("dropout_forward.normal_draws")(
    _with_mask(lambda x, p, rng, mask: (rng.standard_normal(x.shape) < 1 - p) / (1 - p))
)

wrong(
    "dropout_forward.negative_inputs_lost",
    "Dropout includes the nonlinearity: what is negative becomes 0.",
    "Is a negative number something that dropout should know about?",
    "With p = 0 nothing is dropped: x = (-1, 2) comes back as (-1, 2). Is yours (0, 2)? In training about a third of "
    "the elements should be 0 for p = 0.3; with half of x negative, about two thirds of yours are.",
    "Look for a maximum, a comparison with 0, or a relu in your forward pass: whose work is it?",
)(_with_mask(lambda x, p, rng, mask: mask * (x >= 0)))

wrong(
    "dropout_forward.whole_examples_dropped",
    "There is one decision for each example: all of its elements are dropped, or none.",
    "How many decisions are taken for a batch of 100 examples with 3 features each?",
    "For x of shape (100, 3) and p = 0.5 there are 300 decisions, and rows such as (0, 2, 2) come out. Are your rows "
    "all 0 or all kept?",
    "Look at the shape in which you draw the random numbers, and at what broadcasting makes of it.",
)(
    _with_mask(
        lambda x, p, rng, mask: np.broadcast_to((rng.random(x.shape[:1] + (1,) * (x.ndim - 1)) >= p) / (1 - p), x.shape)
    )
)
wrong.also("dropout_forward.whole_examples_dropped")(
    _with_mask(
        lambda x, p, rng, mask: (
            np.broadcast_to((rng.random(x.shape[:2] + (1,) * (x.ndim - 2)) >= p) / (1 - p), x.shape)
            if x.ndim > 2
            else np.broadcast_to((rng.random(x.shape[:1] + (1,) * (x.ndim - 1)) >= p) / (1 - p), x.shape)
        )
    )
)

wrong(
    "dropout_forward.whole_channels_dropped",
    "In arrays with more than two axes there is one decision for each channel.",
    "Of how many elements of x does one of your random numbers decide?",
    "For x of shape (2, 3, 4, 5) there are 120 decisions. Are there 6 in yours, so that blocks of 20 are 0 together?",
    "Look at the shape in which you draw the random numbers: it should be that of x, whatever that is.",
)(
    _with_mask(
        lambda x, p, rng, mask: np.broadcast_to((rng.random(x.shape[:2] + (1,) * (x.ndim - 2)) >= p) / (1 - p), x.shape)
    )
)

wrong(
    "dropout_forward.scaled_down",
    "The survivors are multiplied by 1 - p.",
    "Fewer elements are left after dropping. Must the survivors become larger or smaller to keep the mean?",
    "With p = 0.5 and x = 1 everywhere, survivors become 2, so that the mean of y stays about 1. Are yours 0.5, and "
    "the mean of y 0.25?",
    "Look at the factor of the survivors: is it 1 - p, or 1 divided by that?",
)(_with_mask(lambda x, p, rng, mask: mask * (1 - p) ** 2))

wrong(
    "dropout_forward.scaled_twice",
    "The survivors are divided by 1 - p when the mask is made, and again when it is applied.",
    "How often does your code divide by 1 - p on the way from x to y?",
    "With p = 0.5 and x = 1 everywhere, survivors become 2. Are yours 4?",
    "Look at which values your mask has before it is multiplied with x: 0 and 1, or 0 and the scale?",
)(_with_mask(lambda x, p, rng, mask: mask / (1 - p)))

wrong(
    "dropout_forward.scaled_by_the_actual_share",
    "The survivors are scaled by what is needed for this very mask to keep the mean.",
    "Is the scale the same number in every call with the same p?",
    "With p = 0.5, survivors of x = 1 become exactly 2, whether 4 or 6 of 10 survive. Are yours 2.5 or 1.67 then?",
    "Look for a mean or a count of the mask: the scale is to be made of p alone.",
)(_with_mask(lambda x, p, rng, mask: (mask != 0) / max(np.mean(mask != 0), 1e-12)))

wrong(
    "dropout_forward.nothing_dropped",
    "Training hands x through, as evaluation does.",
    "Call your function with training=True and p = 0.5 on a thousand ones. How many zeros come out?",
    "With p = 0.5 about 500 of 1000 elements become 0 in training. Are none of yours?",
    "Look at where your mask is made, whether those lines are run, and whether x is multiplied by it.",
)(_with_mask(lambda x, p, rng, mask: np.ones_like(x)))
wrong.also("dropout_forward.nothing_dropped")(_with_mask(lambda x, p, rng, mask: np.full_like(x, 1 / (1 - p))))


@wrong(
    "dropout_forward.global_generator",
    "Random numbers come from NumPy's global generator; rng is not needed.",
    "Somebody hands you a generator in a known state, to repeat an experiment. Does your function look at it?",
    "Two generators with the same seed have to drop the same elements. Do yours drop others each time?",
    "Look at what your random numbers are drawn from: np.random, or the argument rng?",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, _own_generator, training)


@wrong(
    "dropout_forward.scaled_up_in_evaluation",
    "Everything is divided by 1 - p, in evaluation, too.",
    "In evaluation nothing is dropped. What is left to make up for?",
    "With p = 0.5 and training=False, x = (1, 2) comes back as (1, 2). Is yours (2, 4)?",
    "Look at whether the division by 1 - p is made before or after your code asks for training.",
)
def dropout_forward(x, p, rng, training=True):
    y, mask = right.dropout_forward(x, p, rng, training)
    return (y if training or p == 1 else x / (1 - p)), mask


@wrong(
    "dropout_forward.modes_exchanged",
    "Elements are dropped in evaluation, and none in training.",
    "What does training=True ask for?",
    "With training=True and p = 0.5 about half of 1000 elements become 0, with training=False none. Is it the other "
    "way round in yours?",
    "Look at the condition that asks for training: is there a `not` too many or too few?",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, rng, not training)


@wrong(
    "dropout_forward.zeros_in_evaluation_for_p_one",
    "p = 1 gives zeros, in evaluation, too.",
    "What does evaluation do with p?",
    "With p = 1 and training=False, x = (1, 2) comes back as (1, 2). Is yours (0, 0)?",
    "Look at the order in which your code asks for p = 1 and for training.",
)
def dropout_forward(x, p, rng, training=True):
    return right.dropout_forward(x, p, rng, training or p == 1)


@wrong(
    "dropout_forward.one_is_refused",
    "p = 1 is no valid probability.",
    "What is left of x if every element is dropped? Is that an error?",
    "p = 1 in training gives zeros, and in evaluation x. Does yours raise a ValueError?",
    "Look at the comparison of p with 1: is 1 itself refused? If so, what was it meant to prevent?",
)
def dropout_forward(x, p, rng, training=True):
    if p == 1:
        raise ValueError(p)
    return right.dropout_forward(x, p, rng, training)


@wrong(
    "dropout_forward.zero_is_refused",
    "p = 0 is no valid probability.",
    "What is left of x if no element is dropped? Is that an error?",
    "p = 0 in training gives x as it is. Does yours raise a ValueError?",
    "Look at the comparison of p with 0: is 0 itself refused?",
)
def dropout_forward(x, p, rng, training=True):
    if p == 0:
        raise ValueError(p)
    return right.dropout_forward(x, p, rng, training)


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


def _passes(gradient):
    """Return both passes of inverted dropout; `gradient` gets dy, mask, p and training."""

    class Passes:
        @staticmethod
        def dropout_forward(x, p, rng, training=True):
            y, mask = right.dropout_forward(x, p, rng, training)
            return y, (mask, p, training)

        @staticmethod
        def dropout_backward(dy, cache):
            return gradient(dy, *cache)

    return Passes


wrong(
    "dropout_backward.scale_inverted",
    "The gradient of a survivor is multiplied by 1 - p.",
    "By how much does y grow when the x of a survivor grows by 1?",
    "With p = 0.75, x = (1, 2), y = (0, 8) and dy = (1, 1), dx is (0, 4). Is yours (0, 0.25)?",
    "Look at what the forward pass does to survivors with 1 - p, and whether dx does the same with it.",
)(_passes(lambda dy, mask, p, training: dy * (mask != 0) * (1 - p) if training else dy))

wrong(
    "dropout_backward.scaled_in_evaluation",
    "The gradient is divided by 1 - p, whichever mode the forward pass was in.",
    "In evaluation y is x. What is its derivative?",
    "After a forward pass with training=False and p = 0.5, dy = (1, 2) gives dx = (1, 2). Is yours (2, 4)?",
    "Look at how the backward pass gets to know the mode of its forward pass.",
)(_passes(lambda dy, mask, p, training: dy * (mask != 0) * _scale(p, training=True)))

wrong(
    "dropout_backward.dropped_and_kept_exchanged",
    "The gradient goes where an element was dropped.",
    "On which elements of x does y depend: on those that survived, or on the others?",
    "With p = 0.5, x = (1, 2), y = (0, 4) and dy = (1, 1), dx is (0, 2). Is yours (2, 0) or (1, 0)?",
    "Look at what the remembered mask marks with True: the elements that were dropped, or those that were kept?",
)(_passes(lambda dy, mask, p, training: dy * (mask == 0) * _scale(p, training) if training else dy))
wrong.also("dropout_backward.dropped_and_kept_exchanged")(
    _passes(lambda dy, mask, p, training: dy * (mask == 0) if training else dy)
)

wrong(
    "dropout_backward.zero_in_evaluation",
    "In evaluation there is no gradient.",
    "In evaluation y is x. What is its derivative?",
    "After a forward pass with training=False, dy = (1, 2, 3) gives dx = (1, 2, 3). Is yours (0, 0, 0)?",
    "Look at what the backward pass does after a forward pass without a mask.",
)(_passes(lambda dy, mask, p, training: dy * mask if training else np.zeros_like(dy)))


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
    "With p = 0.3 about 300 of 1000 elements become 0, and evaluation turns 10 into 7. Do about 700 of yours?",
    "Look at the comparison of the random numbers with p, and whether evaluation has the same idea of p.",
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


def _vanilla_with_mask(mask_of):
    """Return the vanilla forward pass, with a mask in training that `mask_of` makes."""

    def vanilla_dropout_forward(x, p, rng, training=True):
        y, mask = right.vanilla_dropout_forward(x, p, rng, training)
        if training:
            mask = mask_of(x, p, rng, mask)
            y = x * mask
        return y, mask

    return vanilla_dropout_forward


wrong.also("vanilla_dropout_forward.p_is_kept")(
    _vanilla_with_mask(lambda x, p, rng, mask: (rng.random(x.shape) < p).astype(float))
)

wrong(
    "vanilla_dropout_forward.negative_inputs_lost",
    "Dropout includes the nonlinearity: what is negative becomes 0.",
    "Is a negative number something that dropout should know about?",
    "With p = 0 nothing is dropped: x = (-1, 2) comes back as (-1, 2). Is yours (0, 2)?",
    "Look for a maximum, a comparison with 0, or a relu in your forward pass: whose work is it?",
)(_vanilla_with_mask(lambda x, p, rng, mask: mask * (x >= 0)))

wrong(
    "vanilla_dropout_forward.one_mask_for_the_batch",
    "A dropped feature is dropped for all examples of the batch.",
    "How many decisions are taken for a batch of 4 examples with 3 features each?",
    "For x of shape (100, 3) and p = 0.5 about half of every column becomes 0. Are your columns all 0 or all kept?",
    "Look at the shape in which you draw the random numbers.",
)(_vanilla_with_mask(lambda x, p, rng, mask: np.broadcast_to(rng.random(x.shape[1:]) >= p, x.shape)))
wrong.also("vanilla_dropout_forward.one_mask_for_the_batch")(
    _vanilla_with_mask(lambda x, p, rng, mask: np.broadcast_to(rng.random(x.shape[-1:]) >= p, x.shape))
)

wrong(
    "vanilla_dropout_forward.whole_examples_dropped",
    "There is one decision for each example: all of its elements are dropped, or none.",
    "How many decisions are taken for a batch of 100 examples with 3 features each?",
    "For x of shape (100, 3) and p = 0.5 there are 300 decisions, and rows such as (0, 2, 2) come out. Are your rows "
    "all 0 or all kept?",
    "Look at the shape in which you draw the random numbers, and at what broadcasting makes of it.",
)(
    _vanilla_with_mask(
        lambda x, p, rng, mask: np.broadcast_to(rng.random(x.shape[:1] + (1,) * (x.ndim - 1)) >= p, x.shape)
    )
)


wrong(
    "vanilla_dropout_forward.nothing_dropped",
    "Training hands x through.",
    "Call your function with training=True and p = 0.5 on a thousand ones. How many zeros come out?",
    "With p = 0.5 about 500 of 1000 elements become 0 in training. Are none of yours?",
    "Look at where your mask is made, whether those lines are run, and whether x is multiplied by it.",
)(_vanilla_with_mask(lambda x, p, rng, mask: np.ones_like(x)))


@wrong(
    "vanilla_dropout_forward.global_generator",
    "Random numbers come from NumPy's global generator; rng is not needed.",
    "Somebody hands you a generator in a known state, to repeat an experiment. Does your function look at it?",
    "Two generators with the same seed have to drop the same elements. Do yours drop others each time?",
    "Look at what your random numbers are drawn from: np.random, or the argument rng?",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, p, _own_generator, training)


@wrong(
    "vanilla_dropout_forward.probability_checked_in_training_only",
    "In evaluation p is just a factor, so nobody has to look at it there.",
    "Would you rather hear of a wrong p in the first evaluation, or never?",
    "p = 1.2 raises a ValueError with training=True. Does it with training=False, or is x multiplied by -0.2?",
    "Look at which comes first, the check of p or the return of evaluation.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    if training:
        return right.vanilla_dropout_forward(x, p, rng, training)
    return x * (1 - p), np.full_like(x, 1 - p)


@wrong(
    "vanilla_dropout_forward.divided_in_evaluation",
    "Evaluation divides by 1 - p.",
    "Training drops elements and leaves the survivors as they are. Is its y larger or smaller than x on average?",
    "With p = 0.5 and x = (2, 4), y in evaluation is (1, 2). Is yours (4, 8)?",
    "Look at the factor in evaluation: is it 1 - p, or 1 divided by that?",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    y, mask = right.vanilla_dropout_forward(x, p, rng, training)
    return (y if training else x / (1 - p) if p < 1 else x * 0), mask


@wrong(
    "vanilla_dropout_forward.modes_exchanged",
    "Elements are dropped in evaluation, and scaled in training.",
    "What does training=True ask for?",
    "With training=True and p = 0.5 about half of 1000 elements become 0. Is it so with training=False in yours?",
    "Look at the condition that asks for training: is there a `not` too many or too few?",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, p, rng, not training)


@wrong(
    "vanilla_dropout_forward.one_unchanged_in_evaluation",
    "p = 1 needs no scale in evaluation.",
    "With p = 1 every element is dropped in training. What is the mean of y then, and what should evaluation give?",
    "With p = 1 and training=False, x = (1, 2) becomes (0, 0), since 1 - p is 0. Is yours (1, 2)?",
    "Look for a case of its own for p = 1: the formula needs none here, because nothing is divided.",
)
def vanilla_dropout_forward(x, p, rng, training=True):
    return right.vanilla_dropout_forward(x, p if training or p < 1 else 0.0, rng, training)


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


def _vanilla_passes(gradient):
    """Return both passes of vanilla dropout; `gradient` gets dy, mask, p and training."""

    class Passes:
        @staticmethod
        def vanilla_dropout_forward(x, p, rng, training=True):
            y, mask = right.vanilla_dropout_forward(x, p, rng, training)
            return y, (mask, p, training)

        @staticmethod
        def vanilla_dropout_backward(dy, cache):
            return gradient(dy, *cache)

    return Passes


wrong(
    "vanilla_dropout_backward.dropped_and_kept_exchanged",
    "The gradient goes where an element was dropped.",
    "On which elements of x does y depend: on those that survived, or on the others?",
    "In training with x = (1, 2), y = (0, 2) and dy = (1, 1), dx is (0, 1). Is yours (1, 0)?",
    "Look at what the remembered mask marks with True: the elements that were dropped, or those that were kept?",
)(_vanilla_passes(lambda dy, mask, p, training: dy * (mask == 0) if training else dy * mask))

wrong(
    "vanilla_dropout_backward.scaled_down_in_training",
    "The gradient is multiplied by 1 - p in training, too.",
    "By how much does y grow in training when the x of a survivor grows by 1?",
    "In training with p = 0.75, x = (1, 2), y = (0, 2) and dy = (1, 1), dx is (0, 1). Is yours (0, 0.25)?",
    "Look at where the factor 1 - p comes in, and whether it asks for the mode of the forward pass.",
)(_vanilla_passes(lambda dy, mask, p, training: dy * mask * (1 - p) if training else dy * mask))

wrong(
    "vanilla_dropout_backward.scaled_twice_in_evaluation",
    "In evaluation the gradient is multiplied by 1 - p twice.",
    "How often does the forward pass multiply by 1 - p in evaluation?",
    "After a forward pass with training=False and p = 0.5, dy = (4, 8) gives dx = (2, 4). Is yours (1, 2)?",
    "Look at whether the cache holds the factor already, and at what the backward pass multiplies by.",
)(_vanilla_passes(lambda dy, mask, p, training: dy * mask if training else dy * mask * (1 - p)))


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.written(
    "dropout_forward.survivors_not_scaled",
    replace="_keep(x, p, rng) / (1 - p)",
    by="_keep(x, p, rng)",
)
wrong.written(
    "dropout_forward.scaled_again_in_evaluation",
    replace="np.ones_like(x)",
    by="np.full_like(x, 1 - p)",
)
wrong.written(
    "dropout_forward.divided_by_p",
    replace="_keep(x, p, rng) / (1 - p)",
    by="_keep(x, p, rng) / p",
)
wrong.written(
    "dropout_forward.scaled_down",
    replace="_keep(x, p, rng) / (1 - p)",
    by="_keep(x, p, rng) * (1 - p)",
)
wrong.written(
    "dropout_forward.scaled_twice",
    replace="_keep(x, p, rng) / (1 - p)",
    by="_keep(x, p, rng) / (1 - p) ** 2",
)
wrong.written(
    "dropout_forward.modes_exchanged",
    replace="if not training",
    by="if training",
)
wrong.written(
    "dropout_forward.scaled_by_the_actual_share",
    replace="_keep(x, p, rng) / (1 - p)",
    by="""_keep(x, p, rng)
        mask = mask / mask.mean()""",
)
wrong.written(
    "dropout_backward.scaled_twice",
    replace="dy * cache",
    by="dy * cache**2",
)
wrong.written(
    "vanilla_dropout_forward.scaled_in_training",
    replace="_keep(x, p, rng) if training else np.full_like(x, 1 - p)",
    by="_keep(x, p, rng) / (1 - p) if training else np.full_like(x, 1 - p)",
)
wrong.written(
    "vanilla_dropout_forward.identity_in_evaluation",
    replace="_keep(x, p, rng) if training else np.full_like(x, 1 - p)",
    by="_keep(x, p, rng) if training else np.ones_like(x)",
)
wrong.written(
    "vanilla_dropout_forward.p_is_kept",
    replace="_keep(x, p, rng) if training else np.full_like(x, 1 - p)",
    by="_keep(x, 1 - p, rng) if training else np.full_like(x, p)",
)
wrong.written(
    "vanilla_dropout_forward.times_p_in_evaluation",
    replace="_keep(x, p, rng) if training else np.full_like(x, 1 - p)",
    by="_keep(x, p, rng) if training else np.full_like(x, p)",
)
wrong.written(
    "vanilla_dropout_forward.divided_in_evaluation",
    replace="_keep(x, p, rng) if training else np.full_like(x, 1 - p)",
    by="_keep(x, p, rng) if training else np.full_like(x, 1 / (1 - p))",
)
wrong.written(
    "vanilla_dropout_forward.modes_exchanged",
    replace="if training else",
    by="if not training else",
)
wrong.written(
    "vanilla_dropout_backward.scaled_twice_in_evaluation",
    replace="dy * cache",
    by="dy * cache**2",
)
