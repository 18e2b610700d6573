"""What is commonly believed about minibatches and optimizers, from SGD to Adam, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import optimizers as right

wrong = Misconceptions()
_own_generator = np.random.default_rng(0)


# ---- minibatches


@wrong(
    "minibatches.short_batch_dropped",
    "What does not fill a whole batch is left out.",
    "How many of the examples does one epoch see?",
    "11 examples in batches of 4 make batches of 4, 4 and 3. Yours are 4 and 4, and three examples are missing.",
    "Look at how the number of batches is computed: which way does the division round?",
)
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]


@wrong(
    "minibatches.not_shuffled",
    "An epoch goes through the examples in the order in which they are stored.",
    "If the data are sorted by class, what does the first batch consist of?",
    "The first four of 60 are hardly ever 0, 1, 2, 3: about once in twelve million epochs. Yours always are.",
    "Look for the place in your function where rng is used.",
)
def minibatches(n, batch_size, rng):
    order = np.arange(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong(
    "minibatches.seed_fixed_inside",
    "The function makes a generator with a seed of its own, so that results can be repeated.",
    "If you call the function for a second epoch, what is different from the first?",
    "Two epochs of 60 examples should come in different orders. Yours are the same, in every epoch and for every rng.",
    "Look at which generator shuffles: where does it come from, and who should choose its seed?",
)
def minibatches(n, batch_size, rng):
    return right.minibatches(n, batch_size, np.random.default_rng(0))


@wrong(
    "minibatches.own_generator",
    "The module keeps a generator of its own, and every epoch is drawn from that.",
    "If somebody wants to repeat your epoch exactly, what must they hand to your function?",
    "From two generators with the same seed, say 3, the same order should come. Yours gives two different ones.",
    "Look at which generator shuffles: is it the one that your function was given?",
)
def minibatches(n, batch_size, rng):
    return right.minibatches(n, batch_size, _own_generator)


@wrong(
    "minibatches.drawn_with_replacement",
    "Each batch is drawn at random from all examples, whatever was drawn before.",
    "Can an example come twice in one epoch? And can it be left out?",
    "An epoch of 11 examples holds each of them once. In 11 independent draws about 7 different ones turn up.",
    "Look at how the indices are drawn: what keeps an index from being drawn again?",
)
def minibatches(n, batch_size, rng):
    return [rng.integers(n, size=min(batch_size, n - start)) for start in range(0, n, batch_size)]


@wrong(
    "minibatches.only_batches_shuffled",
    "The examples are cut into batches first, and then the batches are shuffled.",
    "Which examples can ever meet in one batch?",
    "Of 12 examples in batches of 4, 0 and 1 should meet in about 3 of 11 epochs. Yours are together in all of them.",
    "Look at the order of your two steps, the cutting and the shuffling.",
)
def minibatches(n, batch_size, rng):
    batches = [np.arange(start, min(start + batch_size, n)) for start in range(0, n, batch_size)]
    full = n // batch_size
    return [batches[k] for k in rng.permutation(full)] + batches[full:]


@wrong(
    "minibatches.evenly_split",
    "The examples are spread evenly, so that all batches are about equally large.",
    "Which batches may be smaller than batch_size?",
    "9 examples in batches of 4 make batches of 4, 4 and 1. Yours are 3, 3 and 3.",
    "Look up what the function that splits your array does when the division leaves a rest.",
)
def minibatches(n, batch_size, rng):
    return np.array_split(rng.permutation(n), -(-n // batch_size))


# ---- sgd


@wrong(
    "sgd.adds_the_gradient",
    "A step follows the gradient.",
    "Where does the gradient point to: downhill or uphill?",
    "At x = 3 the slope of x² is 6. With lr = 0.1 the step should end at 2.4. Yours ends at 3.6.",
    "Look at the sign in front of the learning rate.",
)
def sgd(x, grad, state, lr):
    return x + lr * grad, state


@wrong(
    "sgd.change_returned",
    "The function returns the change, and its caller adds it to x.",
    "What is the first of the two values that a step returns: where it ends, or how far it goes?",
    "With x = 3, gradient 6 and lr = 0.1 the result is 2.4. Yours is −0.6.",
    "Look for the place in your function where x is used.",
)
def sgd(x, grad, state, lr):
    return -lr * grad, state


@wrong(
    "sgd.unit_length_step",
    "The gradient gives only the direction; every step has the length lr.",
    "Close to a minimum the gradient becomes small. Should the steps then stay as long as before?",
    "With lr = 0.1 and the gradient (3, 4) x moves by (−0.3, −0.4). Yours moves by (−0.06, −0.08), also for (30, 40).",
    "Look at what you divide the gradient by.",
)
def sgd(x, grad, state, lr):
    return x - lr * grad / np.linalg.norm(grad), state


# ---- momentum


@wrong(
    "momentum.averaged_gradient",
    "The velocity is a weighted mean of its old value and the new gradient.",
    "How long is the very first step, compared with one of plain SGD?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours has 0.01.",
    "Look at the factor in front of the new gradient.",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + (1 - rho) * grad
    return x - lr * v, {"v": v}


@wrong(
    "momentum.lr_in_velocity",
    "The velocity remembers whole steps, with the learning rate in them.",
    "If the learning rate drops to a tenth, how soon should the steps become shorter?",
    "Gradient 1 twice, rho = 0.9, first lr = 0.1, then 0.01: the second step has the length 0.019. Yours has 0.1.",
    "Look at where lr comes in: into what is remembered, or only into the step?",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + lr * grad
    return x - v, {"v": v}


@wrong(
    "momentum.velocity_forgotten",
    "The velocity looks after itself; the state is handed back as it came.",
    "What does your second step know of the first gradient?",
    "Gradient 1 twice, rho = 0.9, lr = 0.1: the second step has the length 0.19. Yours has 0.1, as without momentum.",
    "Look at the second value that you return: is the new velocity in it?",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + grad
    return x - lr * v, state


@wrong(
    "momentum.old_velocity_used",
    "A step is taken with the velocity so far; the new gradient counts from the next step on.",
    "How far does your very first step go?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours does not move at all.",
    "Look at the order of the two lines, and at which velocity moves x.",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = state.get("v", 0.0)
    return x - lr * v, {"v": rho * v + grad}


@wrong(
    "momentum.two_minus_signs",
    "The velocity points downhill, and the step subtracts it.",
    "How many minus signs lie on the way from the gradient to x?",
    "At x = 1 with gradient 2 and lr = 0.1 the first step should end at 0.8. Yours ends at 1.2, uphill.",
    "Look at the signs in both lines: one of them has to do the turning round, not both.",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) - grad
    return x - lr * v, {"v": v}


@wrong.both("momentum.averaged_gradient", "momentum.lr_in_velocity")
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + (1 - rho) * lr * grad
    return x - v, {"v": v}


# ---- nesterov


@wrong(
    "nesterov.gradient_at_x",
    "The gradient is asked for where x is now.",
    "What does Nesterov's method know that plain momentum does not?",
    "With x = 0.9, velocity −0.1 and rho = 0.5 the gradient is asked for at 0.85. Yours is asked for at 0.9.",
    "Look at the argument that grad_fn is given.",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) - lr * grad_fn(x)
    return x + v, {"v": v}


@wrong(
    "nesterov.looks_backwards",
    "The point to look at is reached by subtracting the velocity, as one subtracts a gradient.",
    "Does the velocity of this method point along the next step, or against it?",
    "With x = 0.9, velocity −0.1 and rho = 0.5 the gradient is asked for at 0.85. Yours is asked for at 0.95.",
    "Look at the sign between x and the velocity in the argument of grad_fn.",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", 0.0)
    v = rho * v - lr * grad_fn(x - rho * v)
    return x + v, {"v": v}


@wrong(
    "nesterov.stays_ahead",
    "x itself moves to the look-ahead point, and the step is taken from there.",
    "How often does the old velocity move x in one step?",
    "f = x²/2, x = 1, lr = 0.1, rho = 0.5: two steps lead to 0.9 and 0.765. Yours lead to 0.9 and 0.715.",
    "Look at what the new velocity is added to.",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", 0.0)
    ahead = x + rho * v
    v = rho * v - lr * grad_fn(ahead)
    return ahead + v, {"v": v}


@wrong(
    "nesterov.pytorch_points",
    "The points that PyTorch walks through are the parameters x.",
    "PyTorch and the lecture follow different points of the same sequence. Which ones are asked for here?",
    "f = x²/2, x = 1, lr = 0.1, rho = 0.5: the first step ends at 0.9. Yours ends at 0.85, half a velocity further.",
    "Look at what you return: is it where x is, or where the next gradient will be asked for?",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    g = grad_fn(x)
    v = rho * state.get("v", 0.0) - lr * g
    return x + rho * v - lr * g, {"v": v}


@wrong(
    "nesterov.whole_velocity_ahead",
    "The look-ahead goes as far as the whole old velocity.",
    "How much of the old velocity survives into this step?",
    "With x = 0.9, velocity −0.1 and rho = 0.5 the gradient is asked for at 0.85. Yours is asked for at 0.8.",
    "Look at the argument of grad_fn: by how much of the velocity does it go ahead?",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    v = state.get("v", 0.0)
    v = rho * v - lr * grad_fn(x + v)
    return x + v, {"v": v}


# ---- adagrad


@wrong(
    "adagrad.no_square_root",
    "The gradient is divided by the cache itself, as the slide prints it.",
    "In which units is the cache, and in which the gradient?",
    "With lr = 0.1 the first step has the length 0.1 for every gradient. Yours has 10 for the gradient 0.01.",
    "Look at the denominator, and at the erratum in the handout.",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad**2
    return x - lr * grad / (c + eps), {"c": c}


@wrong(
    "adagrad.nothing_accumulated",
    "The cache is the square of the newest gradient.",
    "What does your fifth step know of the first four gradients?",
    "With a constant gradient and lr = 0.1 the steps have the lengths 0.1, 0.071, 0.058. Yours are all 0.1.",
    "Look at the line that makes the cache: where does its old value enter?",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = grad**2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "adagrad.eps_inside_root",
    "ε is added to the cache, before the root is taken.",
    "What is the root of a very small ε: smaller or larger than ε?",
    "With gradient 0.01, ε = 0.01 and lr = 0.1 the first step has the length 0.05. Yours has 0.00995.",
    "Look at where ε is added: before or after the root?",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad**2
    return x - lr * grad / np.sqrt(c + eps), {"c": c}


@wrong(
    "adagrad.one_cache_for_all",
    "The cache holds the squared length of the gradient, one number for all coordinates.",
    "Should a steep coordinate shorten the steps of a flat one?",
    "With the gradient (3, 4) and lr = 0.1 the first step is 0.1 in both coordinates. Yours is 0.06 and 0.08.",
    "Look at the shape of your cache: it should be the shape of x.",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + np.sum(grad**2)
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "adagrad.eps_forgotten",
    "After the first gradient the cache is never 0, so ε is not needed.",
    "What becomes of a coordinate whose gradient has always been 0?",
    "With the gradient (2, 0) the second coordinate stays where it is. Yours becomes NaN, because it divides 0 by 0.",
    "Look for the place in your function where eps is used.",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad**2
    return x - lr * grad / np.sqrt(c), {"c": c}


@wrong.both("adagrad.no_square_root", "adagrad.nothing_accumulated")
def adagrad(x, grad, state, lr, eps=1e-10):
    return x - lr * grad / (grad**2 + eps), state


# ---- rmsprop


@wrong(
    "rmsprop.no_square_root",
    "The gradient is divided by the mean square itself, as the slide prints it.",
    "What does the R in RMS stand for?",
    "With lr = 0.1 and beta = 0.75 the first step has the length 0.2 for every gradient. Yours has 40 for 0.01.",
    "Look at the denominator, and at the erratum in the handout.",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + (1 - beta) * grad**2
    return x - lr * grad / (c + eps), {"c": c}


@wrong(
    "rmsprop.beta_on_wrong_term",
    "β is the weight of the new square, and 1 − β that of the old cache.",
    "With β = 0.99, should the cache remember many gradients, or hardly more than the last one?",
    "With gradient 1, lr = 0.1 and beta = 0.99 the first step has the length 1. Yours has 0.1005.",
    "Look at which of the two terms is multiplied by beta.",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = (1 - beta) * state.get("c", 0.0) + beta * grad**2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "rmsprop.new_square_unweighted",
    "The old cache fades by β, and the new square is added in full.",
    "If every gradient is 1, which value should a mean of their squares tend to?",
    "Gradient 1, beta = 0.99: the cache tends to 1, and the length of a step to lr. Yours tend to 100 and lr/10.",
    "Look at the weights of the old cache and of the new square: what do they add up to?",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + grad**2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "rmsprop.bias_corrected",
    "The cache starts at zero and is corrected for that, as in Adam.",
    "Which of the methods corrects for averages that start at 0, and which do not?",
    "With lr = 0.1 and beta = 0.75 the first step has the length 0.2. Yours has 0.1.",
    "Look at what you do with the cache before you take its root: does the docstring mention it?",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    t = state.get("t", 0) + 1
    c = beta * state.get("c", 0.0) + (1 - beta) * grad**2
    return x - lr * grad / (np.sqrt(c / (1 - beta**t)) + eps), {"t": t, "c": c}


@wrong(
    "rmsprop.eps_inside_root",
    "ε is added to the cache, before the root is taken.",
    "What is the root of a very small ε: smaller or larger than ε?",
    "Gradient 0.01, beta = 0.75, ε = 0.01, lr = 0.1: the first step has the length 0.067. Yours has 0.01.",
    "Look at where ε is added: before or after the root?",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + (1 - beta) * grad**2
    return x - lr * grad / np.sqrt(c + eps), {"c": c}


@wrong.both("rmsprop.no_square_root", "rmsprop.beta_on_wrong_term")
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = (1 - beta) * state.get("c", 0.0) + beta * grad**2
    return x - lr * grad / (c + eps), {"c": c}


# ---- adadelta


@wrong(
    "adadelta.steps_averaged_first",
    "The newest step already counts in the average that scales it.",
    "A step is needed before it can be averaged. Which average is known when it is computed?",
    "With gradient 1 and the defaults the first step has the length 0.0032. Yours has 0.0045.",
    "Look at the order of the lines: is the average of the steps renewed before or after its last use?",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    d = state.get("d", 0.0)
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    d = rho * d + (1 - rho) * delta**2
    return x - lr * grad * np.sqrt(d + eps) / np.sqrt(c + eps), {"c": c, "d": d}


@wrong(
    "adadelta.eps_outside_roots",
    "ε is added after the roots, as in Adagrad and RMSProp.",
    "Nothing has been averaged before the first step. How large is its numerator, with ε inside or outside the root?",
    "With gradient 1 and the defaults the first step has the length 0.0032. Yours has 0.0000032.",
    "Look at where ε is added in numerator and denominator.",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    d = state.get("d", 0.0)
    delta = grad * (np.sqrt(d) + eps) / (np.sqrt(c) + eps)
    return x - lr * delta, {"c": c, "d": rho * d + (1 - rho) * delta**2}


@wrong(
    "adadelta.numerator_missing",
    "The gradient is divided by its root mean square, and lr = 1 does the rest.",
    "What gives the step the units of x, if lr is a plain number?",
    "With gradient 1 and the defaults the first step has the length 0.0032. Yours has 3.2.",
    "Look for the second average, that of the squared steps: where does it enter?",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    return x - lr * grad / np.sqrt(c + eps), {"c": c}


@wrong(
    "adadelta.lr_in_average",
    "The average takes the steps as they are made, with lr in them.",
    "The method scales its steps by itself. Should lr have a say in what it remembers of them?",
    "With gradient 1 twice and lr = 2 the steps have the lengths 0.0063 and 0.0065. Your second one has 0.0103.",
    "Look at what you square for the average: is lr already in it?",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    d = state.get("d", 0.0)
    step = lr * grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - step, {"c": c, "d": rho * d + (1 - rho) * step**2}


@wrong(
    "adadelta.no_square_roots",
    "The gradient is multiplied by one average and divided by the other, without roots.",
    "Both averages are of squares. In which unit is the step, if no root is taken?",
    "With gradient 1 and the defaults the first step has the length 0.0032. Yours has 0.00001.",
    "Look at numerator and denominator: what turns a mean square into a size?",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    d = state.get("d", 0.0)
    delta = grad * (d + eps) / (c + eps)
    return x - lr * delta, {"c": c, "d": rho * d + (1 - rho) * delta**2}


# ---- adam


@wrong(
    "adam.no_bias_correction",
    "The averages of Adam are used as they are, although they start at zero.",
    "The averages start at 0. How far from the true means are they after one step?",
    "With a constant gradient every step has the length lr = 0.001. Your first one has the length 0.0032.",
    "Look for the place in your function where bias_correction is used.",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    return right.adam(x, grad, state, lr, beta1, beta2, eps, bias_correction=False)


@wrong(
    "adam.no_square_root",
    "The mean gradient is divided by the mean square itself, as the slide prints it.",
    "In which units is the second moment, and in which the first?",
    "The first step has the length lr = 0.001 for every gradient. Yours has the length 0.1 for the gradient 0.01.",
    "Look at the denominator, and at the erratum in the handout.",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m_hat, c_hat, state = _moments(grad, state, beta1, beta2, bias_correction)
    return x - lr * m_hat / (c_hat + eps), state


@wrong(
    "adam.counts_from_zero",
    "The first step has the number 0.",
    "What is β⁰, and what is then divided by?",
    "With gradient 1 the first step has the length lr = 0.001. Yours divides by 0, and x becomes NaN.",
    "Look at where the step is counted: before or after the correction?",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    t = state.get("t", 0)
    m_hat = m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c_hat = c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2
    if bias_correction:
        m_hat, c_hat = m / (1 - beta1**t), c / (1 - beta2**t)
    return x - lr * m_hat / (np.sqrt(c_hat) + eps), {"t": t + 1, "m": m, "c": c}


@wrong(
    "adam.corrected_moments_kept",
    "The corrected averages are what the next step goes on from.",
    "Your first step is right and the second is not. What does the second one start from?",
    "With a constant gradient every step has the length lr = 0.001. Your second one has the length 0.00024.",
    "Look at which values you put into the state: the averages, or the corrected ones?",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m_hat, c_hat, after = _moments(grad, state, beta1, beta2, bias_correction)
    return x - lr * m_hat / (np.sqrt(c_hat) + eps), {"t": after["t"], "m": m_hat, "c": c_hat}


@wrong(
    "adam.only_first_corrected",
    "The bias correction is for the mean gradient; the mean square needs none.",
    "Which of the two averages starts at 0?",
    "With a constant gradient every step has the length lr = 0.001. Your first one has the length 0.032.",
    "Look at what stands under the root: is it the average or the corrected average?",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m_hat, _, state = _moments(grad, state, beta1, beta2, bias_correction)
    return x - lr * m_hat / (np.sqrt(state["c"]) + eps), state


@wrong(
    "adam.eps_inside_root",
    "ε is added to the mean square, before the root is taken.",
    "What is the root of a very small ε: smaller or larger than ε?",
    "With gradient 0.01, ε = 0.01 and lr = 0.1 the first step has the length 0.05. Yours has 0.00995.",
    "Look at where ε is added: before or after the root?",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m_hat, c_hat, state = _moments(grad, state, beta1, beta2, bias_correction)
    return x - lr * m_hat / np.sqrt(c_hat + eps), state


@wrong(
    "adam.switch_ignored",
    "The bias is always corrected, because without it the method would not be Adam.",
    "What should be different when bias_correction is False?",
    "Without correction the first step has the length 0.0032 for lr = 0.001. Yours has 0.001, with and without.",
    "Look for the place in your function where bias_correction is used.",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    return right.adam(x, grad, state, lr, beta1, beta2, eps)


@wrong(
    "adam.betas_swapped",
    "β₁ belongs to the squares and β₂ to the gradients.",
    "Which of the two averages should be the slower one, that of the gradients or that of their squares?",
    "After the gradients 1 and −1 the second step has the length 0.053·lr. Yours has 0.0005·lr.",
    "Look at which β stands in the average of the gradients, and which in that of the squares.",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    return right.adam(x, grad, state, lr, beta2, beta1, eps, bias_correction)


@wrong(
    "adam.corrected_as_in_the_first_step",
    "The averages are divided by 1 − β in every step.",
    "How large should the correction still be after a thousand steps?",
    "With a constant gradient every step has the length lr = 0.001. Your second one has the length 0.00134.",
    "Look at the exponent of the βs in the correction: does it know how many steps there have been?",
)
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m, c, state = _moments(grad, state, beta1, beta2, correct=False)
    if bias_correction:
        m, c = m / (1 - beta1), c / (1 - beta2)
    return x - lr * m / (np.sqrt(c) + eps), state


@wrong.both("adam.no_bias_correction", "adam.no_square_root")
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m, c, state = _moments(grad, state, beta1, beta2, correct=False)
    return x - lr * m / (c + eps), state


@wrong.both("adam.no_bias_correction", "adam.eps_inside_root")
def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    m, c, state = _moments(grad, state, beta1, beta2, correct=False)
    return x - lr * m / np.sqrt(c + eps), state


def _moments(grad, state, beta1, beta2, correct):
    """Return both moments as Adam's step uses them, and the state without any correction."""
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2
    after = {"t": t, "m": m, "c": c}
    return (m / (1 - beta1**t), c / (1 - beta2**t), after) if correct else (m, c, after)
