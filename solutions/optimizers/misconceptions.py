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
    "adadelta.gradients_averaged_twice",
    "Both averages take the squared gradients.",
    "Two averages that take the same numbers are equal. What is left of their ratio after some steps?",
    "With gradient 1 twice and the defaults both steps have the length 0.0032. Your second one has 0.73.",
    "Look at what is squared in each of the two averages.",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    d = state.get("d", 0.0)
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - lr * delta, {"c": c, "d": rho * d + (1 - rho) * grad**2}


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
    "The correction of the first step divides by 0, as if steps were counted from 0.",
    "What do you divide by in the very first step? Compute it by hand.",
    "The first step has the number 1, and 1 − β₁ = 0.1 is what the first average is divided by. Were its number 0, it "
    "would be divided by 1 − β⁰ = 0, and x would become NaN, as yours does.",
    "Look at the number that t has when the correction uses it for the first time, and at the formula that it enters.",
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


# ---- adam, in more detail


def _adam(step):
    """Return an Adam whose step is x - lr·`step`, made of both moments, the arguments and t."""

    def adam(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
        m, c, state = _moments(grad, state, beta1, beta2, correct=False)
        return x - lr * step(m, c, beta1, beta2, eps, state["t"], bias_correction), state

    return adam


def _corrected(m, c, beta1, beta2, t, correct):
    return (m / (1 - beta1**t), c / (1 - beta2**t)) if correct else (m, c)


def _with_denominator(denominator):
    """Return an Adam with another denominator, which gets the corrected second moment, eps, beta2, t and the switch."""

    def step(m, c, beta1, beta2, eps, t, correct):
        m_hat, c_hat = _corrected(m, c, beta1, beta2, t, correct)
        return m_hat / denominator(c_hat, eps, beta2, t, correct)

    return _adam(step)


def _with_correction(first, second):
    """Return an Adam with other corrections: what the moments are divided by, made of a beta and t."""

    def step(m, c, beta1, beta2, eps, t, correct):
        if correct:
            m, c = m / first(beta1, t), c / second(beta2, t)
        return m / (np.sqrt(c) + eps)

    return _adam(step)


wrong.also("adam.eps_inside_root")(
    _with_denominator(lambda c_hat, eps, beta2, t, correct: np.sqrt(c_hat + eps) if correct else np.sqrt(c_hat) + eps)
)

wrong(
    "adam.eps_before_correction",
    "The correction is drawn into the learning rate, and ε is added to the root of the uncorrected mean square.",
    "Two ways of writing Adam differ in nothing but ε. Which of the two roots is your ε added to, that of the average "
    "or that of the corrected average?",
    "Gradient 0.01, β₂ = 0.75, ε = 0.01 and lr = 0.1: the first step has the length 0.05, since the corrected root is "
    "0.01. Yours has 0.033: the root of the average is 0.005, and ε counts twice as much beside it. Later steps come "
    "closer, as the correction fades.",
    "Look at the factor √(1 − β₂ᵗ): if it stands in front of the step, what would it have to multiply in the "
    "denominator? The paper says so in a remark about efficiency, and calls that other number ε̂.",
)(
    _with_denominator(
        lambda c_hat, eps, beta2, t, correct: np.sqrt(c_hat) + (eps / np.sqrt(1 - beta2**t) if correct else eps)
    )
)

wrong(
    "adam.eps_hard_coded",
    "ε is always 1e-8, so it can be written as a number.",
    "What should change in your steps if somebody passes eps = 1?",
    "With gradient 0.01, ε = 0.01 and lr = 0.1 the first step has the length 0.05. Yours has 0.1: ε does not show.",
    "Look for a small number in your code, such as 1e-8, that stands where the argument eps should be used.",
)(_with_denominator(lambda c_hat, eps, beta2, t, correct: np.sqrt(c_hat) + 1e-8))
for _constant in (1e-7, 1e-6, 1e-10):
    wrong.also("adam.eps_hard_coded")(
        _with_denominator(lambda c_hat, eps, beta2, t, correct, constant=_constant: np.sqrt(c_hat) + constant)
    )

wrong(
    "adam.eps_forgotten",
    "The root is never 0 after the first gradient, so ε is not needed.",
    "What becomes of a coordinate whose gradient has always been 0?",
    "With gradient 0.01, ε = 0.01 and lr = 0.1 the first step has the length 0.05. Yours has 0.1, and a coordinate "
    "whose gradient is 0 becomes NaN.",
    "Look for the place in your function where eps is used.",
)(_with_denominator(lambda c_hat, eps, beta2, t, correct: np.sqrt(c_hat)))

wrong(
    "adam.only_second_corrected",
    "The bias correction is for the mean square; the mean gradient needs none.",
    "Which of the two averages starts at 0?",
    "With a constant gradient every step has the length lr = 0.001. Your first one has the length 0.0001, a tenth.",
    "Look at the numerator of your step: is it the average of the gradients, or the corrected average?",
)(_with_correction(lambda beta, t: 1.0, lambda beta, t: 1 - beta**t))

wrong(
    "adam.power_of_one_minus_beta",
    "The averages are divided by 1 − (1 − β)ᵗ.",
    "How much weight have all gradients together in an average that starts at 0, after one step, and after many?",
    "After the first step the average is (1 − β) times the gradient, so it is divided by 1 − β: for β = 0.9 that is "
    "0.1. You divide by 1 − 0.1, which is 0.9.",
    "Look at what is raised to the power t: the share of the old average, or that of the new gradient?",
)(_with_correction(lambda beta, t: 1 - (1 - beta) ** t, lambda beta, t: 1 - (1 - beta) ** t))

wrong(
    "adam.corrected_by_squares",
    "The averages are divided by 1 − β², in every step.",
    "Which step is the 2 right for, and what about all others?",
    "With a constant gradient every step has the length lr = 0.001. With β₁ = 0.9, your first average is divided by "
    "0.19 where it should be 0.1.",
    "Look at the exponent of the βs in the correction: does it know how many steps there have been?",
)(_with_correction(lambda beta, t: 1 - beta**2, lambda beta, t: 1 - beta**2))

wrong(
    "adam.beta_times_t",
    "The averages are divided by 1 − β·t.",
    "For β = 0.9 and the second step, is what you divide by positive or negative?",
    "After two steps with β = 0.9 the average is divided by 1 − 0.81 = 0.19. You divide by 1 − 1.8 = −0.8.",
    "Look at the sign between β and t: a product, or a power?",
)(_with_correction(lambda beta, t: 1 - beta * t, lambda beta, t: np.abs(1 - beta * t)))

wrong(
    "adam.correction_multiplied",
    "The averages are multiplied by 1 − βᵗ.",
    "The averages start at 0. Are they too small or too large at first, and what does your correction do to them?",
    "After the first step with β = 0.9 the average is a tenth of the gradient. Corrected, it is the gradient; yours is "
    "a hundredth of it.",
    "Look at the operation between the average and 1 − βᵗ.",
)(_with_correction(lambda beta, t: 1 / (1 - beta**t), lambda beta, t: 1 / (1 - beta**t)))

wrong(
    "adam.corrected_by_one_minus_t",
    "The mean gradient is divided by 1 − t.",
    "What is 1 − t in the first step, and what should the average be divided by there?",
    "After the first step with β = 0.9 the average is divided by 1 − 0.9 = 0.1. You divide by 0.",
    "Look at the correction: which number is raised to the power t?",
)(_with_correction(lambda beta, t: 1.0 - t, lambda beta, t: 1 - beta**t))

wrong(
    "adam.corrected_in_first_step_only",
    "Only the first step needs a correction.",
    "After two steps, how far is an average that started at 0 still from the true mean?",
    "With a constant gradient and β = 0.9 the average is 0.1, 0.19, 0.27 of it. Which of these do you correct?",
    "Look at the condition in front of the correction: does it ask for the first step?",
)(_with_correction(lambda beta, t: 1 - beta if t == 1 else 1.0, lambda beta, t: 1 - beta if t == 1 else 1.0))

wrong(
    "adam.steps_counted_from_two",
    "The first step has the number 2.",
    "By what is the average divided in the very first step, and which number does that belong to?",
    "With a constant gradient every step has the length lr = 0.001, from the first one on. With β₁ = 0.9 you divide "
    "the first average by 0.19, which is 1 − β₁².",
    "Look at the number that the count starts with, and at how often it is raised before it is used.",
)(_with_correction(lambda beta, t: 1 - beta ** (t + 1), lambda beta, t: 1 - beta ** (t + 1)))

wrong(
    "adam.step_counted_twice",
    "The step is counted when it begins, and again when the state is returned.",
    "Which number has your second step?",
    "With a constant gradient every step has the length lr. Your first step is right; the second one is corrected as "
    "if it were the third, and the third as if it were the fifth.",
    "Look for all places that change t, the returned state included: there should be one.",
)(_with_correction(lambda beta, t: 1 - beta ** (2 * t - 1), lambda beta, t: 1 - beta ** (2 * t - 1)))

wrong(
    "adam.correction_of_the_step_before",
    "The step is counted after the correction; the first one is not corrected.",
    "Which number has the step that you correct?",
    "With a constant gradient every step has the length lr. Your second step is corrected as the first should be.",
    "Look at the order of the lines: the count, and the correction that uses it.",
)(
    _with_correction(
        lambda beta, t: 1 - beta ** (t - 1) if t > 1 else 1.0, lambda beta, t: 1 - beta ** (t - 1) if t > 1 else 1.0
    )
)

wrong(
    "adam.adds_the_step",
    "The step follows the gradient.",
    "Where does the gradient point to: downhill or uphill?",
    "At x = 1 with gradient 2 and lr = 0.1 the first step ends at 0.9. Yours ends at 1.1.",
    "Look at the sign in front of the learning rate.",
)(
    _adam(
        lambda m, c, beta1, beta2, eps, t, correct: (
            -_corrected(m, c, beta1, beta2, t, correct)[0]
            / (np.sqrt(_corrected(m, c, beta1, beta2, t, correct)[1]) + eps)
        )
    )
)


def _rms_with_correction(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=True):
    _, c_hat, state = _moments(grad, state, beta1, beta2, bias_correction)
    return x - lr * grad / (np.sqrt(c_hat) + eps), state


_rms_with_correction.__name__ = "adam"
wrong(
    "adam.gradient_in_the_numerator",
    "The newest gradient is divided by the root mean square, as in RMSProp.",
    "What does Adam have that RMSProp has not?",
    "After the gradients 1 and −1 the second step has the length 0.053·lr. Yours has the length lr.",
    "Look at the numerator: where does the average of the gradients enter?",
)(_rms_with_correction)


def _patch_adam(name, belief, hints, replace, by):
    wrong.patch(f"adam.{name}", belief, *hints, replace=replace, by=by)


_patch_adam(
    "largest_second_moment_kept",
    "The root is taken of the largest mean square so far, as in AMSGrad.",
    (
        "May the denominator become smaller when gradients do?",
        "After one large gradient the steps of Adam recover, because its mean square fades. Do yours stay small?",
        "Look for a maximum in your function: the method of the handout has none.",
    ),
    replace="return x - lr * m_hat / (np.sqrt(c_hat) + eps), {",
    by='top = np.maximum(state.get("top", 0.0), c_hat)\n'
    '    return x - lr * m_hat / (np.sqrt(top) + eps), {"top": top, ',
)
_patch_adam(
    "square_of_the_mean",
    "The second average is of the squared mean gradient.",
    (
        "Of what is the second moment the average: of squares, or of the square of an average?",
        "After the gradients 1 and −1 with β₁ = 0.5 the mean gradient is −0.25, but every square is 1.",
        "Look at what is squared in the line of the second average.",
    ),
    replace="(1 - beta2) * grad**2",
    by="(1 - beta2) * m**2",
)
_patch_adam(
    "square_forgotten",
    "The second average is of the gradients' sizes.",
    (
        "What does the root in the denominator undo?",
        "The first step has the length lr for every gradient. Yours has 10 times that for the gradient 0.01.",
        "Look at the line of the second average: is there a square?",
    ),
    replace="(1 - beta2) * grad**2",
    by="(1 - beta2) * np.abs(grad)",
)
_patch_adam(
    "averages_not_kept",
    "The averages are made of the newest gradient alone, since the state is handed back as it came.",
    (
        "What does your second step know of the first gradient?",
        "After the gradients 1 and −1 the second step has the length 0.053·lr. Yours has the length lr.",
        "Look at the second value that you return: are the new averages in it?",
    ),
    replace='{"t": t, "m": m, "c": c}',
    by='{**state, "t": t}',
)


# ---- the others, in more detail


def _of(name):
    """Say which function another one is in the place of, whatever it is called here (decorator)."""

    def rename(function):
        function.__name__ = name
        return function

    return rename


def _rmsprop(denominator, *, start=None):
    """Return an RMSProp with another denominator, which gets the average and eps."""

    @_of("rmsprop")
    def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
        c = beta * state.get("c", 0.0) + (1 - beta) * grad**2
        if start and not state:
            c = start(grad)
        return x - lr * grad / denominator(c, eps), {"c": c}

    return rmsprop


wrong(
    "rmsprop.eps_hard_coded",
    "ε is always the same, so it can be written as a number.",
    "What should change in your steps if somebody passes eps = 1?",
    "Gradient 0.01, beta = 0.75, ε = 0.01, lr = 0.1: the first step has the length 0.067. Yours has 0.2.",
    "Look for a small number in your code, such as 1e-8, that stands where the argument eps should be used.",
)(_rmsprop(lambda c, eps: np.sqrt(c) + 1e-8))
for _constant in (1e-7, 1e-6, 1e-10):
    wrong.also("rmsprop.eps_hard_coded")(_rmsprop(lambda c, eps, constant=_constant: np.sqrt(c) + constant))

wrong(
    "rmsprop.eps_forgotten",
    "The average is never 0 after the first gradient, so ε is not needed.",
    "What becomes of a coordinate whose gradient has always been 0?",
    "Gradient 0.01, beta = 0.75, ε = 0.01, lr = 0.1: the first step has the length 0.067. Yours has 0.2, and a "
    "coordinate whose gradient is 0 becomes NaN.",
    "Look for the place in your function where eps is used.",
)(_rmsprop(lambda c, eps: np.sqrt(c)))

wrong(
    "rmsprop.starts_at_first_square",
    "The average starts at the first square.",
    "What is the average before the first gradient, by the formula of the stub?",
    "With lr = 0.1 and beta = 0.75 the first step has the length 0.2 for every gradient. Yours has 0.1.",
    "Look at what your function does when the state is still empty.",
)(_rmsprop(lambda c, eps: np.sqrt(c) + eps, start=np.square))


@wrong(
    "rmsprop.eps_added_to_the_step",
    "ε is added to the quotient.",
    "What is ε to prevent, and where does that happen: in the division, or after it?",
    "With gradient 0.01, beta = 0.75, ε = 0.01 and lr = 0.1 the first step has the length 0.067. Yours has 0.19: the "
    "quotient is taken without ε, and ε then moves x by itself, even where the gradient is 0.",
    "Look at the brackets of the denominator: does + eps stand inside of them, or behind the whole fraction?",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + (1 - beta) * grad**2
    return x - lr * grad / np.sqrt(c) + eps, {"c": c}


@wrong(
    "rmsprop.average_not_kept",
    "The average looks after itself; the state is handed back as it came.",
    "What does your second step know of the first gradient?",
    "With gradient 1 twice, lr = 0.1 and beta = 0.75 the steps have the lengths 0.2 and 0.151. Yours are both 0.2.",
    "Look at the second value that you return: is the new average in it?",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + (1 - beta) * grad**2
    return x - lr * grad / (np.sqrt(c) + eps), state


@wrong(
    "rmsprop.lr_weighs_the_square",
    "The new square has the weight lr.",
    "What do the weights of the old average and of the new square add up to in a mean?",
    "With gradient 1, lr = 0.1 and beta = 0.75 the first step has the length 0.2. Yours has 0.316.",
    "Look at the factor in front of the new square: which argument is it made of?",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = beta * state.get("c", 0.0) + lr * grad**2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "rmsprop.previous_average_used",
    "A step is scaled by the average so far; the new square counts from the next step on.",
    "What is the average before the first gradient, and what is then divided by it?",
    "With gradient 1, lr = 0.1 and beta = 0.75 the first step has the length 0.2. Yours divides by ε alone.",
    "Look at the order of the two lines, and at which average is under the root.",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state.get("c", 0.0 * grad)
    return x - lr * grad / (np.sqrt(c) + eps), {"c": beta * c + (1 - beta) * grad**2}


@wrong(
    "rmsprop.adds_up_as_adagrad",
    "All squares are added up, as in Adagrad.",
    "What does β do in your function?",
    "With gradient 1 twice, lr = 0.1 and beta = 0.75 the steps have the lengths 0.2 and 0.151. Yours: 0.1 and 0.071.",
    "Look at the line that makes the average: the old one should fade.",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    c = state.get("c", 0.0) + grad**2
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "rmsprop.beta_hard_coded",
    "β is always 0.99.",
    "What should change in your steps if somebody passes beta = 0.5?",
    "With gradient 1, lr = 0.1 and beta = 0.75 the first step has the length 0.2. Yours has 1.",
    "Look for a 0.99 or a 0.9 in your code, where the argument beta should be used.",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    return right.rmsprop(x, grad, state, lr, 0.99, eps)


@wrong.also("rmsprop.beta_hard_coded")
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    return right.rmsprop(x, grad, state, lr, 0.9, eps)


@wrong(
    "rmsprop.adds_the_step",
    "The step follows the gradient.",
    "Where does the gradient point to: downhill or uphill?",
    "At x = 1 with gradient 2, lr = 0.1 and beta = 0.75 the first step ends at 0.8. Yours ends at 1.2.",
    "Look at the sign in front of the learning rate.",
)
def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    x_next, state = right.rmsprop(x, grad, state, lr, beta, eps)
    return 2 * x - x_next, state


@wrong(
    "adagrad.previous_sum_used",
    "A step is scaled by the sum so far; the new square counts from the next step on.",
    "What is the sum before the first gradient, and what is then divided by it?",
    "With lr = 0.1 the first step has the length 0.1 for every gradient. Yours divides by ε alone.",
    "Look at the order of the two lines, and at which sum is under the root.",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0 * grad)
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c + grad**2}


@wrong(
    "adagrad.eps_hard_coded",
    "ε is always the same, so it can be written as a number.",
    "What should change in your steps if somebody passes eps = 1?",
    "With gradient 0.01, ε = 0.01 and lr = 0.1 the first step has the length 0.05. Yours has 0.1.",
    "Look for a small number in your code, such as 1e-10, that stands where the argument eps should be used.",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    return right.adagrad(x, grad, state, lr, 1e-10)


for _constant in (1e-7, 1e-8):

    @wrong.also("adagrad.eps_hard_coded")
    def adagrad(x, grad, state, lr, eps=1e-10, constant=_constant):
        return right.adagrad(x, grad, state, lr, constant)


@wrong(
    "adagrad.sum_not_kept",
    "The sum looks after itself; the state is handed back as it came.",
    "What does your second step know of the first gradient?",
    "With a constant gradient and lr = 0.1 the steps have the lengths 0.1, 0.071, 0.058. Yours are all 0.1.",
    "Look at the second value that you return: is the new sum in it?",
    like="adagrad.nothing_accumulated",
    because="A sum of the newest square alone is the same, whether the old one is lost or never looked at.",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + grad**2
    return x - lr * grad / (np.sqrt(c) + eps), state


@wrong(
    "adagrad.square_forgotten",
    "The sum is of the gradients' sizes.",
    "What does the root in the denominator undo?",
    "With lr = 0.1 the first step has the length 0.1 for every gradient. Yours has 0.01 for the gradient 0.01.",
    "Look at what is added to the sum: is it squared?",
)
def adagrad(x, grad, state, lr, eps=1e-10):
    c = state.get("c", 0.0) + np.abs(grad)
    return x - lr * grad / (np.sqrt(c) + eps), {"c": c}


@wrong(
    "adadelta.lr_ignored",
    "The method needs no learning rate, so lr is not used.",
    "The stub has an argument lr, with 1 as its default. What should lr = 2 change?",
    "With gradient 1 and lr = 2 the first step has the length 0.0063. Yours has 0.0032, for every lr.",
    "Look for the place in your function where lr is used.",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    return right.adadelta(x, grad, state, 1.0, rho, eps)


@wrong(
    "adadelta.old_gradient_average_used",
    "A step is scaled by the average of the earlier gradients; the new square counts from the next step on.",
    "What is the average of the squared gradients before the first one?",
    "With gradient 1 and the defaults the first step has the length 0.0032. Yours has the length 1.",
    "Look at the order of the lines: is the average of the gradients renewed before or after its use?",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c, d = state.get("c", 0.0), state.get("d", 0.0)
    delta = grad * np.sqrt(d + eps) / np.sqrt(c + eps)
    return x - lr * delta, {"c": rho * c + (1 - rho) * grad**2, "d": rho * d + (1 - rho) * delta**2}


@wrong(
    "adadelta.averages_exchanged",
    "The gradient is multiplied by its own root mean square and divided by that of the steps.",
    "If the gradients are large, should the steps be scaled up or down?",
    "With gradient 1 and the defaults the first step has the length 0.0032. Yours has the length 316.",
    "Look at which of the two averages is above and which below.",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    c = rho * state.get("c", 0.0) + (1 - rho) * grad**2
    d = state.get("d", 0.0)
    delta = grad * np.sqrt(c + eps) / np.sqrt(d + eps)
    return x - lr * delta, {"c": c, "d": rho * d + (1 - rho) * delta**2}


@wrong(
    "adadelta.eps_hard_coded",
    "ε is always 1e-6.",
    "What should change in your steps if somebody passes eps = 1?",
    "With gradient 1, rho = 0.9 and ε = 0.01 the first step has the length 0.302. Yours has 0.0032.",
    "Look for a small number in your code, where the argument eps should be used.",
)
def adadelta(x, grad, state, lr=1.0, rho=0.9, eps=1e-6):
    return right.adadelta(x, grad, state, lr, rho, 1e-6)


@wrong(
    "momentum.rho_hard_coded",
    "ρ is always 0.9.",
    "What should change in your steps if somebody passes rho = 0.5?",
    "Gradient 1 twice, rho = 0.5, lr = 0.1: the second step has the length 0.15. Yours has 0.19.",
    "Look for a 0.9 in your code, where the argument rho should be used.",
)
def momentum(x, grad, state, lr, rho=0.9):
    return right.momentum(x, grad, state, lr)


@wrong(
    "momentum.nesterov_step",
    "The step looks ahead: the velocity is weighed by ρ once more, and the gradient added.",
    "How long is the very first step, compared with one of plain SGD?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours has 0.19.",
    "Look at what x is moved by: the velocity, or something made of it?",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + grad
    return x - lr * (grad + rho * v), {"v": v}


@wrong(
    "momentum.starts_at_the_gradient",
    "The velocity starts at the first gradient, and that one is then added to it.",
    "What is the velocity before the first step?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours has 0.19.",
    "Look at what your function does when the state is still empty, and at how often the first gradient is added.",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", grad) + grad
    return x - lr * v, {"v": v}


@wrong(
    "momentum.rho_on_the_gradient",
    "ρ weighs the new gradient, and the old velocity stays as it is.",
    "What becomes of the velocity when there are no gradients any more?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours has 0.09.",
    "Look at which of the two terms is multiplied by rho.",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = state.get("v", 0.0) + rho * grad
    return x - lr * v, {"v": v}


@wrong(
    "momentum.adds_the_velocity",
    "The velocity is added to x, though it points uphill.",
    "Which way does the velocity point that you have gathered of gradients?",
    "At x = 1 with gradient 2 and lr = 0.1 the first step should end at 0.8. Yours ends at 1.2.",
    "Look at the signs in both lines: exactly one of them has to turn round.",
    like="momentum.two_minus_signs",
    because="Two minus signs make the same step as none.",
)
def momentum(x, grad, state, lr, rho=0.9):
    v = rho * state.get("v", 0.0) + grad
    return x + lr * v, {"v": v}


@wrong(
    "nesterov.velocity_forgotten",
    "The velocity looks after itself; the state is handed back as it came.",
    "What does your second step know of the first?",
    "f = x²/2, x = 1, lr = 0.1, rho = 0.5: two steps lead to 0.9 and 0.765. Yours lead to 0.9 and 0.81.",
    "Look at the second value that you return: is the new velocity in it?",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    return right.nesterov(x, grad_fn, {}, lr, rho)[0], state


@wrong(
    "nesterov.asks_twice",
    "The gradient may be asked for as often as it is needed.",
    "If grad_fn draws a new minibatch for each call, which minibatch does your step use?",
    "Two steps should ask for two gradients. Yours ask for more.",
    "Count the calls of grad_fn in your function, also those that only look at the result.",
)
def nesterov(x, grad_fn, state, lr, rho=0.9):
    grad_fn(x)
    return right.nesterov(x, grad_fn, state, lr, rho)


@wrong(
    "sgd.gradient_clipped",
    "Large gradients are cut off.",
    "How far should a step go for the gradient 10, compared with the gradient 1?",
    "At x = 3 with gradient 6 and lr = 0.1 the step ends at 2.4. Yours ends at 2.9.",
    "Look for a clip, a minimum or a maximum in your function.",
)
def sgd(x, grad, state, lr):
    return x - lr * np.clip(grad, -1.0, 1.0), state


@wrong(
    "sgd.first_rate_kept",
    "The learning rate of the first step is kept in the state.",
    "What should a smaller lr in the second step change?",
    "With gradient 1 and the rates 0.1 and 0.01 two steps have the lengths 0.1 and 0.01. Yours have 0.1 and 0.1.",
    "Look at where your lr comes from: the argument, or the state?",
)
def sgd(x, grad, state, lr):
    state = {"lr": state.get("lr", lr)}
    return x - state["lr"] * grad, state


@wrong(
    "sgd.divided_by_the_number_of_entries",
    "The gradient is divided by the number of its entries.",
    "What do the entries of the gradient count: examples, or parameters?",
    "With gradient (2, 2) and lr = 0.1 the step is (−0.2, −0.2). Yours is (−0.1, −0.1).",
    "Look at what you divide by: a mean over the examples is made where the gradient is computed.",
)
def sgd(x, grad, state, lr):
    return x - lr * grad / np.size(grad), state


@wrong.also("sgd.divided_by_the_number_of_entries")
def sgd(x, grad, state, lr):
    return x - lr * grad / (len(grad) if np.ndim(grad) else 1), state


@wrong(
    "minibatches.short_epoch_empty",
    "Without one whole batch there is no batch.",
    "How many examples does an epoch see if there are 3, and batch_size is 8?",
    "3 examples in batches of 8 make one batch of 3. Yours are none.",
    "Look at what your loop does when n is smaller than batch_size.",
)
def minibatches(n, batch_size, rng):
    return right.minibatches(n, batch_size, rng) if n >= batch_size else []


@wrong(
    "minibatches.last_batch_filled_up",
    "The last batch is filled up, so that all are equally large.",
    "How often may an example come in one epoch?",
    "11 examples in batches of 4 make batches of 4, 4 and 3. Your last one has 4, and one example comes twice.",
    "Look at where the missing indices of your last batch come from.",
)
def minibatches(n, batch_size, rng):
    total = -(-n // batch_size) * batch_size
    return list(np.resize(rng.permutation(n), total).reshape(-1, batch_size))


@wrong(
    "minibatches.short_batch_first",
    "The short batch comes first.",
    "Which batch may be smaller than batch_size?",
    "11 examples in batches of 4 make batches of 4, 4 and 3. Yours are 3, 4 and 4.",
    "Look at where your cuts begin.",
)
def minibatches(n, batch_size, rng):
    parts = np.split(rng.permutation(n), range(n % batch_size, n, batch_size))
    return [part for part in parts if len(part)]


@wrong(
    "minibatches.shuffled_within_batches",
    "Each batch is shuffled by itself.",
    "Which examples can ever meet in one batch?",
    "Of 12 examples in batches of 4, 0 and 1 should meet in about 3 of 11 epochs. Yours are together in all of them.",
    "Look at the order of your two steps, the cutting and the shuffling.",
)
def minibatches(n, batch_size, rng):
    return [start + rng.permutation(min(batch_size, n - start)) for start in range(0, n, batch_size)]


@wrong(
    "minibatches.last_index_missing",
    "The indices go up to n - 1, which is not among them.",
    "Which indices do n examples have, and where does range or integers stop?",
    "An epoch of 5 examples holds 0, 1, 2, 3 and 4. Is 4 missing in yours?",
    "Look at the number that your permutation or range is made of.",
)
def minibatches(n, batch_size, rng):
    return right.minibatches(max(n - 1, 1), batch_size, rng)


@wrong(
    "minibatches.rotated",
    "The order starts at a random place, and goes on from there.",
    "How many different orders can your function make of 60 examples?",
    "The neighbors 3 and 4 should hardly ever stay side by side. In yours they always do.",
    "Look at what is random in your order: one number, or one for each example?",
)
def minibatches(n, batch_size, rng):
    order = np.roll(np.arange(n), rng.integers(n))
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@wrong(
    "minibatches.remainder_not_shuffled",
    "What fills whole batches is shuffled; the rest stays at the end.",
    "Can the last of 11 examples ever be in the first batch?",
    "With 11 examples in batches of 4 the last three should be others in every epoch. Yours are 8, 9 and 10.",
    "Look at how many indices are shuffled.",
)
def minibatches(n, batch_size, rng):
    whole = n - n % batch_size
    order = np.concatenate([rng.permutation(whole), np.arange(whole, n)])
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.never_written(
    "adam.averages_not_kept",
)
