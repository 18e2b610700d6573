"""What is often believed about training a network, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import training as right

wrong = Misconceptions()

NAMES = ("W1", "b1", "W2", "b2")


def _scores(params, x):
    """Preactivations, hidden layer and scores."""
    a = x @ params["W1"] + params["b1"]
    hidden = np.maximum(a, 0)
    return a, hidden, hidden @ params["W2"] + params["b2"]


def _violations(scores, y, margin=1):
    """By how much each wrong class is within the margin."""
    rows = np.arange(len(y))
    violations = np.maximum(scores - scores[rows, y][:, None] + margin, 0)
    violations[rows, y] = 0
    return violations


def _dscores(violations, y):
    """The gradient of the mean violation with respect to the scores."""
    dscores = (violations > 0) / len(y)
    dscores[np.arange(len(y)), y] = -dscores.sum(axis=1)
    return dscores


def _gradients(x, hidden, da, dscores):
    """The gradients without penalty."""
    return {"W1": x.T @ da, "b1": da.sum(axis=0), "W2": hidden.T @ dscores, "b2": dscores.sum(axis=0)}


def _penalised(hinge, grads, params, lam, *, in_loss=1.0, in_gradient=2.0, names=("W1", "W2")):
    """Add the penalty; the factors and the names are where it goes wrong."""
    penalty = sum((params[name] ** 2).sum() for name in names)
    pushed = {name: grads[name] + in_gradient * lam * params[name] for name in names}
    return hinge + in_loss * lam * penalty, grads | pushed


# ---- loss_and_gradients


@wrong(
    "loss_and_gradients.summed_over_examples",
    "The loss is the sum over the examples, not their mean.",
    "If every example were listed twice, should the loss be twice as large?",
    "All parameters 0, two classes: each example loses 1, so two examples have the loss 1. Yours is 2.",
    "Look at what the violations, and the gradient of the scores, are divided by.",
)
def loss_and_gradients(params, x, y, lam):
    hinge, grads = right.loss_and_gradients(params, x, y, 0.0)
    return _penalised(len(x) * hinge, {name: len(x) * grads[name] for name in NAMES}, params, lam)


@wrong(
    "loss_and_gradients.penalty_on_biases",
    "The penalty is on all parameters, the biases too.",
    "Which parameters make a function steep, and which only shift it?",
    "All parameters 0 but b2 = (3, 4): the penalty is 0, whatever λ is. Yours is 25·λ.",
    "Look at which entries of params the penalty runs over, in the loss and in the gradients.",
)
def loss_and_gradients(params, x, y, lam):
    return _penalised(*right.loss_and_gradients(params, x, y, 0.0), params, lam, names=NAMES)


@wrong(
    "loss_and_gradients.half_in_penalty",
    "The penalty has the factor ½ that makes its derivative simple.",
    "With λ = 1, what does a single weight of 3 add to the loss by the handout's formula?",
    "λ = 1 and all weights 0 but one of 3: the penalty is 9 and its derivative 6. Yours are 4.5 and 3.",
    "Look at the factors of lam, in the loss and in the gradients.",
)
def loss_and_gradients(params, x, y, lam):
    return right.loss_and_gradients(params, x, y, lam / 2)


@wrong(
    "loss_and_gradients.two_forgotten_in_penalty_gradient",
    "The gradient of the penalty is λ·W.",
    "How fast does w² grow at w = 3?",
    "λ = 1: a weight of 3 costs 9 and a weight of 3.01 costs 9.0601, so the slope is about 6. Yours is 3.",
    "Look at what the penalty adds to the gradients of W1 and W2.",
)
def loss_and_gradients(params, x, y, lam):
    return _penalised(*right.loss_and_gradients(params, x, y, 0.0), params, lam, in_gradient=1.0)


@wrong(
    "loss_and_gradients.penalty_not_in_gradient",
    "The penalty is a part of the loss, but the gradients are those of the hinge loss alone.",
    "What should λ do to a weight that makes no difference to the scores?",
    "λ = 1, no margin violated, a weight of 3: making it smaller lowers the loss, its gradient is 6. Yours is 0.",
    "Look at the gradients of W1 and W2: of which part of the loss are they the derivatives?",
)
def loss_and_gradients(params, x, y, lam):
    return _penalised(*right.loss_and_gradients(params, x, y, 0.0), params, lam, in_gradient=0.0)


@wrong(
    "loss_and_gradients.right_class_always_minus_one",
    "The right class has the gradient −1 in its score, however many other classes violate the margin.",
    "Two wrong classes are within the margin. If the right score rises by 0.1, by how much does the loss fall?",
    "One example with the scores (0, 0, 0): the loss is 2, and 1.8 when the right score is 0.1. The slope there is "
    "−2; yours is −1.",
    "Look at the entry of the right class in the gradient of the scores.",
)
def loss_and_gradients(params, x, y, lam):
    a, hidden, scores = _scores(params, x)
    violations = _violations(scores, y)
    dscores = (violations > 0) / len(x)
    dscores[np.arange(len(x)), y] = -1.0 * (violations.sum(axis=1) > 0) / len(x)
    grads = _gradients(x, hidden, dscores @ params["W2"].T * (a > 0), dscores)
    return _penalised(violations.sum() / len(x), grads, params, lam)


@wrong(
    "loss_and_gradients.relu_forgotten_in_backward",
    "The gradient of the hidden layer goes on to the first layer as it is, past the ReLU.",
    "A unit is off. Does the loss change if its preactivation moves a little?",
    "A unit with the preactivation −2 shows 0, and at −1.9 it still shows 0. So this example gives its column of W1 "
    "the gradient 0.",
    "Look at the step from the gradient of the hidden layer to the gradient of its preactivation.",
)
def loss_and_gradients(params, x, y, lam):
    _, hidden, scores = _scores(params, x)
    violations = _violations(scores, y)
    dscores = _dscores(violations, y)
    grads = _gradients(x, hidden, dscores @ params["W2"].T, dscores)
    return _penalised(violations.sum() / len(x), grads, params, lam)


@wrong(
    "loss_and_gradients.right_class_counted",
    "The right class is one of the classes that are summed over.",
    "What does an example cost whose right class is far ahead of all the others?",
    "One example with the scores (5, 0), the first class is right, λ = 0: the loss is 0. Yours is 1.",
    "Look at the right class's own entry before the violations are summed.",
)
def loss_and_gradients(params, x, y, lam):
    loss, grads = right.loss_and_gradients(params, x, y, lam)
    return loss + 1, grads


@wrong(
    "loss_and_gradients.penalty_divided_by_batch_size",
    "The penalty stands inside the mean over the examples.",
    "Do the same weights cost less when there are more examples?",
    "λ = 1 and all weights 0 but one of 2: the penalty is 4, with one example and with four. With four, yours is 1.",
    "Look at what the division by the number of examples applies to.",
)
def loss_and_gradients(params, x, y, lam):
    return right.loss_and_gradients(params, x, y, lam / len(x))


@wrong(
    "loss_and_gradients.relu_derivative_one_at_zero",
    "ReLU has the derivative 1 at 0.",
    "At 0 the slopes 0 and 1 meet. Which of the two does the handout take?",
    "A unit whose weights and bias are all 0 has the preactivation 0 for every example: without a penalty its "
    "gradients in W1 and b1 are 0.",
    "Look at the comparison that decides where the gradient passes the ReLU.",
)
def loss_and_gradients(params, x, y, lam):
    a, hidden, scores = _scores(params, x)
    violations = _violations(scores, y)
    dscores = _dscores(violations, y)
    grads = _gradients(x, hidden, dscores @ params["W2"].T * (a >= 0), dscores)
    return _penalised(violations.sum() / len(x), grads, params, lam)


@wrong.both("loss_and_gradients.summed_over_examples", "loss_and_gradients.half_in_penalty")
def loss_and_gradients(params, x, y, lam):
    hinge, grads = right.loss_and_gradients(params, x, y, 0.0)
    return _penalised(len(x) * hinge, {name: len(x) * grads[name] for name in NAMES}, params, lam / 2)


@wrong.both("loss_and_gradients.penalty_on_biases", "loss_and_gradients.half_in_penalty")
def loss_and_gradients(params, x, y, lam):
    return _penalised(*right.loss_and_gradients(params, x, y, 0.0), params, lam / 2, names=NAMES)


# ---- predict


@wrong(
    "predict.relu_forgotten",
    "The class follows from the two linear layers alone, ReLU is for training.",
    "Is the network that chooses the class the same one that was trained?",
    "x = −1, W1 = 1, b1 = 0, W2 = (−1, 0), b2 = (0, 0.5): the hidden unit is off, and the class is 1. Yours is 0.",
    "Look at what happens between the two layers.",
)
def predict(params, x):
    return ((x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]).argmax(axis=1)


@wrong(
    "predict.best_example_of_each_class",
    "The largest score is looked for down the examples.",
    "How many numbers should come back for 8 examples and 4 classes?",
    "Two examples with the scores (1, 2, 3) and (4, 1, 1) have the classes 2 and 0. Yours gives the three numbers "
    "1, 0, 0.",
    "Look at the axis along which the largest score is looked for.",
)
def predict(params, x):
    return _scores(params, x)[2].argmax(axis=0)


@wrong(
    "predict.highest_class_of_equals",
    "Of equal scores the last class wins.",
    "Two classes have the same largest score. Which of them does the handout choose?",
    "The scores (2, 2, 1) belong to class 0. Yours is 1.",
    "Look at what happens when a score is as large as the largest one so far, or comes last in a sorted order.",
)
def predict(params, x):
    return _scores(params, x)[2].argsort(axis=1, kind="stable")[:, -1]


# ---- train


class _Training:
    """Training as it should be; each method is a decision that may be taken in another way."""

    def __init__(self, params, x, y, x_val, y_val, rng, **options):
        self.params = {name: value.copy() for name, value in params.items()}
        self.velocity = {name: np.zeros_like(value) for name, value in params.items()}
        self.x, self.y, self.x_val, self.y_val, self.rng = x, y, x_val, y_val, rng
        self.epoch, self.updates, self.best, self.best_epoch, self.best_loss = 0, 0, None, -1, np.inf
        self.history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
        vars(self).update(options)

    def run(self):
        for epoch in range(self.epochs):
            self.epoch = epoch
            losses = [self.update(batch) for batch in self.batches()]
            self.history["train_loss"].append(self.train_loss(losses))
            self.history["val_loss"].append(self.val_loss())
            self.history["val_accuracy"].append(self.val_accuracy())
            if self.improves(self.history["val_loss"][-1]):
                self.keep()
            elif self.patience is not None and self.stops():
                break
        return self.best, self.history

    def order(self):
        return self.rng.permutation(len(self.x))

    def batches(self):
        order = self.order()
        return [order[start : start + self.batch_size] for start in range(0, len(order), self.batch_size)]

    def update(self, batch):
        loss, grads = self.objective(batch)
        self.step(grads)
        self.updates += 1
        return loss

    def objective(self, batch):
        mask = self.mask(len(batch), len(self.params["b1"]))
        return right._objective(self.params, self.x[batch], self.y[batch], self.lam, mask)  # noqa: SLF001

    def mask(self, n, units):
        return right._mask(n, units, self.p, self.rng)  # noqa: SLF001

    def rate(self):
        return self.lr * self.decay**self.epoch

    def step(self, grads):
        for name, grad in grads.items():
            self.velocity[name] = self.rho * self.velocity[name] + grad
            self.params[name] = self.params[name] - self.rate() * self.velocity[name]

    def train_loss(self, losses):
        return np.mean(losses)

    def val_loss(self):
        return right.loss_and_gradients(self.params, self.x_val, self.y_val, self.lam)[0]

    def val_accuracy(self):
        return np.mean(right.predict(self.params, self.x_val) == self.y_val)

    def improves(self, loss):
        return loss < self.best_loss

    def keep(self):
        self.best, self.best_epoch, self.best_loss = dict(self.params), self.epoch, self.history["val_loss"][-1]

    def stops(self):
        return self.epoch - self.best_epoch >= self.patience


def _trained(training):
    """Make `train` of a class."""

    def train(
        params,
        x,
        y,
        x_val,
        y_val,
        rng,
        lr=1e-2,
        rho=0.9,
        lam=0.0,
        p=0.0,
        batch_size=32,
        epochs=20,
        decay=1.0,
        patience=None,
    ):
        options = {"lr": lr, "rho": rho, "lam": lam, "p": p, "batch_size": batch_size}
        options |= {"epochs": epochs, "decay": decay, "patience": patience}
        return training(params, x, y, x_val, y_val, rng, **options).run()

    return train


@wrong(
    "train.last_parameters_returned",
    "The parameters at the end of training are the best ones.",
    "Which epoch's parameters come back, if the validation loss falls first and rises then?",
    "Validation losses 0.9, 0.5, 0.7: best_params are those after epoch 1. Yours are those after epoch 2.",
    "Look at the line that returns the parameters, and at what is kept when the validation loss is a new lowest one.",
)
@_trained
class _LastParametersReturned(_Training):
    def run(self):
        _, history = super().run()
        return self.params, history


@wrong(
    "train.best_is_a_reference",
    "best = params keeps the parameters as they are now.",
    "You keep the best parameters and go on training. What has become of the kept ones at the end?",
    'After a = {"w": 1}, b = a and a["w"] = 2, b["w"] is 2. Validation losses 0.9, 0.5, 0.7: the kept parameters must '
    "be those after epoch 1.",
    "Look at the line that keeps the best parameters: what it makes new, and what the next step changes in place.",
    like="train.last_parameters_returned",
    because="The kept dict is the one that training goes on with, so the last parameters come back in either case.",
)
@_trained
class _BestIsAReference(_Training):
    def keep(self):
        super().keep()
        self.best = self.params


@wrong(
    "train.train_loss_of_last_batch",
    "The training loss of an epoch is the loss of its last minibatch.",
    "How much of an epoch does your training loss know about?",
    "Three minibatches with the losses 3, 2 and 1: the epoch's train_loss is 2. Yours is 1.",
    "Look at what is appended to train_loss, and what became of the losses before it.",
)
@_trained
class _TrainLossOfLastBatch(_Training):
    def train_loss(self, losses):
        return losses[-1]


@wrong(
    "train.train_loss_after_update",
    "A minibatch's loss is taken after the step that it led to.",
    "The gradients come with a loss. Which parameters does it belong to: those before the step or those after it?",
    "All parameters 0, two classes, all labels 0, one batch, lr = 0.1: the first train_loss is 1. Yours is 0.8.",
    "Look at where, in the loop over the minibatches, the loss is computed.",
)
@_trained
class _TrainLossAfterUpdate(_Training):
    def update(self, batch):
        super().update(batch)
        return self.objective(batch)[0]


@wrong(
    "train.val_loss_without_penalty",
    "The validation loss is the hinge loss alone, the penalty is a matter of training.",
    "Which λ is the validation loss computed with?",
    "lr = 0 and all weights 0 but one of 2: with λ = 1 every val_loss is 4 larger than with λ = 0. Yours is the same.",
    "Look at the arguments with which the validation loss is computed.",
)
@_trained
class _ValLossWithoutPenalty(_Training):
    def val_loss(self):
        return right.loss_and_gradients(self.params, self.x_val, self.y_val, 0.0)[0]


@wrong(
    "train.velocity_forgotten_every_epoch",
    "Every epoch begins at rest, with the velocity 0.",
    "When is the velocity 0: at the start of training, or at the start of each epoch?",
    "ρ = 0.9, lr = 1, one batch an epoch and the gradient always 1: the steps are 1, 1.9, 2.71. Yours are 1, 1, 1.",
    "Look at which loop the velocity is made in.",
)
@_trained
class _VelocityForgottenEveryEpoch(_Training):
    def batches(self):
        self.velocity = dict.fromkeys(NAMES, 0.0)
        return super().batches()


@wrong(
    "train.momentum_dampened",
    "The velocity is a running mean: the gradient enters it with 1 − ρ.",
    "In the handout's formula of the velocity, which factor does the gradient have?",
    "ρ = 0.9, lr = 1, gradient 1: the first step is 1. Yours is 0.1.",
    "Look at the line that updates the velocity.",
)
@_trained
class _MomentumDampened(_Training):
    def step(self, grads):
        super().step({name: (1 - self.rho) * grad for name, grad in grads.items()})


@wrong(
    "train.rate_inside_the_velocity",
    "The learning rate may as well be multiplied into the velocity.",
    "When the rate has decayed, should a gradient of an earlier epoch still move the parameters at its old rate?",
    "ρ = 0.5, lr = 1, decay = 0.1, one batch an epoch, gradients 1 and then 0: the second step is 0.05. Yours is 0.5.",
    "Look at which of the two lines of a step the rate stands in.",
)
@_trained
class _RateInsideTheVelocity(_Training):
    def step(self, grads):
        for name, grad in grads.items():
            self.velocity[name] = self.rho * self.velocity[name] + self.rate() * grad
            self.params[name] = self.params[name] - self.velocity[name]


@wrong(
    "train.decay_every_step",
    "The learning rate decays after every minibatch.",
    "What does the exponent of decay count: epochs or minibatches?",
    "lr = 1, decay = 0.5, three minibatches an epoch: the rates of epoch 0 are 1, 1, 1. Yours are 1, 0.5, 0.25.",
    "Look at which loop the rate changes in.",
)
@_trained
class _DecayEveryStep(_Training):
    def rate(self):
        return self.lr * self.decay**self.updates


@wrong(
    "train.patience_one_too_long",
    "Training stops when more than `patience` epochs in a row were no better.",
    "With patience 1, how many epochs may be no better before training ends?",
    "patience = 2 and the validation losses 1, 2, 3: training ends here, with three entries in history. Yours goes on.",
    "Look at the comparison of the count with patience, and at where the count begins.",
)
@_trained
class _PatienceOneTooLong(_Training):
    def stops(self):
        return self.epoch - self.best_epoch > self.patience


@wrong(
    "train.bad_epochs_counted_altogether",
    "Patience counts all epochs without a new lowest validation loss, in a row or not.",
    "An epoch has just been the best so far. How much patience is left?",
    "patience = 2 and the validation losses 5, 6, 4, 5, 3: no two epochs in a row were no better, so training goes on. "
    "Yours ends after epoch 3.",
    "Look at what a new lowest validation loss does to the count.",
)
@_trained
class _BadEpochsCountedAltogether(_Training):
    bad = 0

    def stops(self):
        self.bad += 1
        return self.bad >= self.patience


@wrong(
    "train.later_of_equal_epochs_wins",
    "An epoch that equals the lowest validation loss is an improvement.",
    "Two epochs have the same lowest validation loss. Which of them does the handout keep?",
    "Validation losses 0.5, 0.5, 0.5: best_params are those after epoch 0, and patience = 2 ends training here.",
    "Look at the comparison with the lowest loss so far.",
)
@_trained
class _LaterOfEqualEpochsWins(_Training):
    def improves(self, loss):
        return loss <= self.best_loss


@wrong(
    "train.never_shuffled",
    "The minibatches are slices of the training set as it comes.",
    "The wines are sorted by cultivar. What does the first minibatch of every epoch consist of?",
    "Ten examples, batches of five: a random order has examples 0 to 4 in the first batch once in 252 times. Yours has "
    "them there in every epoch.",
    "Look at which examples a minibatch takes, and whether rng had a say in it.",
)
@_trained
class _NeverShuffled(_Training):
    def order(self):
        return np.arange(len(self.x))


@wrong(
    "train.shuffled_once",
    "The training set is shuffled once, before the first epoch.",
    "Are the same examples together in a minibatch in every epoch?",
    "Three examples, batches of two: in five epochs, one and the same example is left over by chance once in 81 times. "
    "With your code it always is.",
    "Look at which loop the new order is drawn in.",
)
@_trained
class _ShuffledOnce(_Training):
    def order(self):
        if self.epoch == 0:
            self.first = super().order()
        return self.first


@wrong(
    "train.sampled_with_replacement",
    "The examples of an epoch are drawn at random, each draw from all of them.",
    "Does every example come up in every epoch?",
    "Of ten examples, ten draws from all of them leave out 3.5 on average. An epoch leaves out none.",
    "Look at the method of rng that makes the order, and what it promises.",
)
@_trained
class _SampledWithReplacement(_Training):
    def order(self):
        return self.rng.integers(len(self.x), size=len(self.x))


@wrong(
    "train.short_batch_dropped",
    "An epoch consists of full minibatches, a short rest is left out.",
    "With 10 examples and batch_size 4, how many examples take part in an epoch?",
    "10 examples, batch_size 4: the minibatches have 4, 4 and 2 examples. Yours has 4 and 4.",
    "Look at how many minibatches the inner loop makes when batch_size does not divide N.",
)
@_trained
class _ShortBatchDropped(_Training):
    def batches(self):
        batches = super().batches()
        return [batch for batch in batches if len(batch) == self.batch_size] or batches


@wrong(
    "train.dropout_not_scaled",
    "Dropout only sets units to 0, the others keep their value.",
    "Nothing is scaled in evaluation. Does a unit show the same on average in training?",
    "p = 0.5 and a unit that shows 2: in training it shows 0 or 4, 2 on average. Yours shows 1 on average.",
    "Look at what becomes of the hidden units that are kept.",
)
@_trained
class _DropoutNotScaled(_Training):
    def mask(self, n, units):
        return (self.rng.random((n, units)) >= self.p) * 1.0


@wrong(
    "train.p_is_the_probability_of_keeping",
    "p is the probability of keeping a unit.",
    "What should a p near 0 mean: hardly any dropout, or hardly any network?",
    "With p = 0.1, one of ten units is dropped on average. Yours drops nine.",
    "Look at the comparison of the random numbers with p, and at what survivors are divided by.",
)
@_trained
class _PIsTheProbabilityOfKeeping(_Training):
    def mask(self, n, units):
        if self.p == 0:
            return np.ones((n, units))
        return (self.rng.random((n, units)) < self.p) / self.p


@wrong(
    "train.dropout_forgotten_in_backward",
    "Dropout belongs to the forward pass, the gradient goes back through all units.",
    "A dropped unit has shown 0. Does the loss depend on its weights in W1?",
    "If one unit is dropped for every example of a minibatch, its gradient in b1 is 0.",
    "Look at the way from the gradient of the scores to the gradient of W1: where does it pass the dropout?",
)
@_trained
class _DropoutForgottenInBackward(_Training):
    def objective(self, batch):
        x, y, n = self.x[batch], self.y[batch], len(batch)
        a, hidden, _ = _scores(self.params, x)
        hidden = hidden * self.mask(*hidden.shape)
        violations = _violations(hidden @ self.params["W2"] + self.params["b2"], y)
        dscores = _dscores(violations, y)
        grads = _gradients(x, hidden, dscores @ self.params["W2"].T * (a > 0), dscores)
        return _penalised(violations.sum() / n, grads, self.params, self.lam)


@wrong(
    "train.dropout_in_validation",
    "The validation loss is computed with dropout, as the training loss is.",
    "If you validate twice with the same parameters, should there be two answers?",
    "With lr = 0 the parameters never change, so val_loss is the same number in every epoch, whatever p is.",
    "Look at how the validation loss is computed, and whether it draws random numbers.",
)
@_trained
class _DropoutInValidation(_Training):
    def val_loss(self):
        mask = self.mask(len(self.x_val), len(self.params["b1"]))
        return right._objective(self.params, self.x_val, self.y_val, self.lam, mask)[0]  # noqa: SLF001


@wrong(
    "train.own_seed",
    "Training makes a generator of its own, with a fixed seed, so that its results can be repeated.",
    "What does the argument rng change in your results?",
    "With p = 0.5, np.random.default_rng(1) and np.random.default_rng(2) lead to different parameters. "
    "Yours are the same.",
    "Look for the place where a generator is made, and for the one that was given.",
)
@_trained
class _OwnSeed(_Training):
    def __init__(self, *start, **options):
        super().__init__(*start[:-1], np.random.default_rng(0), **options)


@wrong(
    "train.best_by_training_loss",
    "The best parameters are those of the epoch with the lowest training loss.",
    "The training loss goes on falling when the network has begun to overfit. Which number notices that?",
    "Training losses 3, 2, 1 and validation losses 0.9, 0.5, 0.7: best_params are those after epoch 1. Yours are those "
    "after epoch 2.",
    "Look at which of the two losses is compared with the lowest one so far.",
)
@_trained
class _BestByTrainingLoss(_Training):
    def improves(self, loss):
        return super().improves(self.history["train_loss"][-1])

    def keep(self):
        super().keep()
        self.best_loss = self.history["train_loss"][-1]


@wrong(
    "train.best_by_accuracy",
    "The best parameters are those of the epoch with the highest validation accuracy.",
    "Which number of the history decides, by the handout, which parameters are kept?",
    "Validation losses 0.9, 0.5, 0.4 and accuracies 0.6, 0.8, 0.8: best_params are those after epoch 2. Yours are "
    "those after epoch 1.",
    "Look at what is compared when you decide whether an epoch is the best so far.",
)
@_trained
class _BestByAccuracy(_Training):
    def improves(self, loss):
        return super().improves(-self.history["val_accuracy"][-1])

    def keep(self):
        super().keep()
        self.best_loss = -self.history["val_accuracy"][-1]


@wrong(
    "train.biases_without_momentum",
    "Momentum is for the weights, the biases take plain steps along their gradients.",
    "How many of the four parameters have a velocity?",
    "ρ = 0.9, lr = 1 and the gradient of a bias always 1: its steps are 1, 1.9, 2.71. Yours are 1, 1, 1.",
    "Look at the lines that update b1 and b2.",
)
@_trained
class _BiasesWithoutMomentum(_Training):
    def step(self, grads):
        self.velocity |= {"b1": 0.0, "b2": 0.0}
        super().step(grads)


@wrong(
    "train.one_mask_for_the_minibatch",
    "A dropped unit is dropped for all examples of the minibatch.",
    "How many decisions are taken for a minibatch of 4 examples and 3 hidden units?",
    "Of 100 examples and p = 0.5, a unit is dropped for about 50. Yours is dropped for all or for none.",
    "Look at the shape in which you draw the random numbers.",
)
@_trained
class _OneMaskForTheMinibatch(_Training):
    def mask(self, n, units):
        return np.repeat(super().mask(1, units), n, axis=0)


@wrong(
    "train.first_epoch_decayed",
    "The rate decays before every epoch, the first one included.",
    "Which number has the first epoch, and what is decay to that power?",
    "lr = 1, decay = 0.5: the rates of epochs 0 and 1 are 1 and 0.5. Yours are 0.5 and 0.25.",
    "Look at where in the loop over the epochs the rate changes, or at the exponent of decay.",
)
@_trained
class _FirstEpochDecayed(_Training):
    def rate(self):
        return self.lr * self.decay ** (self.epoch + 1)


@wrong(
    "train.accuracy_in_percent",
    "The accuracy is a percentage.",
    "Between which two numbers does a fraction lie?",
    "If 3 of 4 examples come out right, val_accuracy is 0.75. Yours is 75.",
    "Look for a factor in the line that computes the accuracy, or for a count that was not divided.",
)
@_trained
class _AccuracyInPercent(_Training):
    def val_accuracy(self):
        return 100 * super().val_accuracy()


@wrong.both("train.last_parameters_returned", "train.val_loss_without_penalty")
@_trained
class _LastParametersReturnedAndNoPenalty(_Training):
    def run(self):
        _, history = super().run()
        return self.params, history

    def val_loss(self):
        return right.loss_and_gradients(self.params, self.x_val, self.y_val, 0.0)[0]


@wrong.both("train.patience_one_too_long", "train.later_of_equal_epochs_wins")
@_trained
class _PatienceTooLongAndLaterWins(_Training):
    def improves(self, loss):
        return loss <= self.best_loss

    def stops(self):
        return self.epoch - self.best_epoch > self.patience


# ---- distinct_units


def _count(units, alike):
    """How many units there are that are not like one before them."""
    kept = []
    for unit in units:
        if not any(alike(unit, other) for other in kept):
            kept.append(unit)
    return len(kept)


@wrong(
    "distinct_units.exact_equality",
    "Two units are the same when all their entries are exactly equal.",
    "Two sums of the same numbers, in another order: are they always equal to the last digit?",
    "0.1 + 0.2 and 0.3 differ by 6e-17. Columns with these entries are one unit; yours are two.",
    "Look at how two columns are compared, and how much rounding the comparison forgives.",
)
def distinct_units(W1):
    return np.unique(W1, axis=1).shape[1]


@wrong(
    "distinct_units.rows_instead_of_columns",
    "A row of W1 is a hidden unit.",
    "x·W1 has a number for each hidden unit. Which part of W1 makes one of these numbers?",
    "Three columns (1, 2), all the same, are one unit. Yours counts two: the rows (1, 1, 1) and (2, 2, 2).",
    "Look at the direction in which W1 is taken apart.",
)
def distinct_units(W1):
    return _count(W1, lambda unit, other: np.all(np.abs(unit - other) <= 1e-9))


@wrong(
    "distinct_units.default_tolerances",
    "np.allclose, as it comes, says whether two columns are the same.",
    "How far apart may two entries be for your comparison, and does that depend on their size?",
    "2.5 and 2.500002 differ by 2e-6, 2000 times as much as is allowed. Yours takes them for the same.",
    "Look at the tolerances of your comparison that you did not set: there are two of them.",
)
def distinct_units(W1):
    return _count(W1.T, np.allclose)


@wrong(
    "distinct_units.neighbours_only",
    "It is enough to compare each column with the one before it.",
    "Two units are the same and a third one stands between them. Does your code see it?",
    "One-entry columns 1, 2, 1: there are two different units. Yours counts three.",
    "Look at which pairs of columns are compared.",
)
def distinct_units(W1):
    return 1 + int(np.sum(np.any(np.abs(np.diff(W1, axis=1)) > 1e-9, axis=0)))


@wrong.both("distinct_units.exact_equality", "distinct_units.neighbours_only")
def distinct_units(W1):
    return 1 + int(np.sum(np.any(np.diff(W1, axis=1) != 0, axis=0)))


# ---- in more detail


@wrong(
    "loss_and_gradients.first_layer_only_penalized",
    "The penalty is on the weights of the first layer.",
    "Which weights does the formula of the handout name?",
    "All parameters 0 but one weight of 3 in W2, λ = 1: the penalty is 9. Yours is 0.",
    "Look at which entries of params the penalty runs over, in the loss and in the gradients.",
)
def loss_and_gradients(params, x, y, lam):
    return _penalised(*right.loss_and_gradients(params, x, y, 0.0), params, lam, names=("W1",))


@wrong(
    "loss_and_gradients.worst_class_only",
    "Only the largest violation of each example counts.",
    "Two wrong classes violate the margin. How many terms has the sum?",
    "One example with the scores (0, 0, 0): the loss is 2. Yours is 1.",
    "Look at what joins the violations of one example: a sum, or a maximum?",
)
def loss_and_gradients(params, x, y, lam):
    a, hidden, scores = _scores(params, x)
    violations = _violations(scores, y)
    worst = violations * (violations == violations.max(axis=1, keepdims=True))
    dscores = _dscores(worst, y)
    grads = _gradients(x, hidden, dscores @ params["W2"].T * (a > 0), dscores)
    return _penalised(worst.sum() / len(x), grads, params, lam)


@wrong(
    "loss_and_gradients.divided_by_classes",
    "The mean is taken over the classes, too.",
    "By what is the sum of the violations divided?",
    "One example with the scores (0, 0, 0): the loss is 2. Yours is 0.67.",
    "Look at the number that the violations are divided by: a length, or a size?",
)
def loss_and_gradients(params, x, y, lam):
    hinge, grads = right.loss_and_gradients(params, x, y, 0.0)
    classes = len(params["b2"])
    return _penalised(hinge / classes, {name: grads[name] / classes for name in NAMES}, params, lam)


@wrong(
    "loss_and_gradients.preactivation_in_gradient_of_w2",
    "The gradient of W2 is made of the hidden layer before ReLU.",
    "What is W2 multiplied by in the forward pass?",
    "A unit that is off gives its weights in W2 the gradient 0. Yours gives them another one.",
    "Look at which hidden layer your gradient of W2 uses.",
)
def loss_and_gradients(params, x, y, lam):
    a, _, scores = _scores(params, x)
    violations = _violations(scores, y)
    dscores = _dscores(violations, y)
    grads = _gradients(x, a, dscores @ params["W2"].T * (a > 0), dscores)
    return _penalised(violations.sum() / len(x), grads, params, lam)


@wrong(
    "predict.output_bias_forgotten",
    "The second layer has no bias.",
    "Can a bias change which score is the largest?",
    "W2 = 0 and b2 = (0, 1): the class is 1. Yours is 0.",
    "Look for b2 in your function.",
)
def predict(params, x):
    return (_scores(params, x)[1] @ params["W2"]).argmax(axis=1)


@wrong(
    "predict.classes_from_one",
    "Classes are numbered from 1.",
    "Which number has the first class in y?",
    "The scores (3, 1) belong to class 0. Yours is 1.",
    "Look for a + 1.",
)
def predict(params, x):
    return right.predict(params, x) + 1


@wrong(
    "predict.largest_in_absolute_value",
    "The score that is farthest from 0 wins.",
    "Does a very negative score speak for a class?",
    "The scores (−5, 1) belong to class 1. Yours is 0.",
    "Look for an absolute value or a square.",
)
def predict(params, x):
    return np.abs(_scores(params, x)[2]).argmax(axis=1)


def _changed(**methods):
    """Return a training in which some decisions are taken in another way."""
    return _trained(type("_Changed", (_Training,), methods))


def _train(name, belief, question, example, place, **methods):
    wrong(f"train.{name}", belief, question, example, place)(_changed(**methods))


def _stops_one_too_short(self):
    return self.epoch - self.best_epoch >= self.patience - 1


_train(
    "patience_one_too_short",
    "The best epoch counts as one without improvement.",
    "With patience = 1, how many epochs without improvement are put up with before the stop?",
    "patience = 2, validation losses 1, 2, 2: training stops after epoch 2. Yours stops after epoch 1.",
    "Look at how the epochs since the best one are counted, and at the comparison with patience.",
    stops=_stops_one_too_short,
)
_train(
    "best_epoch_added_to_the_epoch",
    "Training stops when the epoch and the best epoch add up to patience.",
    "How many epochs lie between the best one and now?",
    "Best epoch 3, now epoch 5, patience = 4: two epochs are no reason to stop. Yours has stopped.",
    "Look at the sign between the two numbers that you compare with patience.",
    stops=lambda self: self.epoch + self.best_epoch >= self.patience,
)
_train(
    "train_loss_summed",
    "The training loss of an epoch is the sum of its minibatch losses.",
    "Should twice as many minibatches make the loss twice as large?",
    "Minibatch losses 3, 2 and 1: the epoch's train_loss is 2. Yours is 6.",
    "Look at what joins the losses of an epoch.",
    train_loss=lambda self, losses: np.sum(losses),
)
_train(
    "error_rate_for_accuracy",
    "The share of wrong classes is recorded.",
    "Should the accuracy rise or fall while the network learns?",
    "9 of 10 right: the accuracy is 0.9. Yours is 0.1.",
    "Look at the comparison of the predictions with y_val.",
    val_accuracy=lambda self: np.mean(right.predict(self.params, self.x_val) != self.y_val),
)


def _nesterov_step(self, grads):
    for name, grad in grads.items():
        self.velocity[name] = self.rho * self.velocity[name] + grad
        self.params[name] = self.params[name] - self.rate() * (grad + self.rho * self.velocity[name])


def _old_velocity_step(self, grads):
    for name, grad in grads.items():
        self.params[name] = self.params[name] - self.rate() * self.velocity[name]
        self.velocity[name] = self.rho * self.velocity[name] + grad


def _no_momentum_step(self, grads):
    for name, grad in grads.items():
        self.params[name] = self.params[name] - self.rate() * grad


def _penalty_not_in_steps(self, batch):
    loss, grads = _Training.objective(self, batch)
    return loss, grads | {name: grads[name] - 2 * self.lam * self.params[name] for name in ("W1", "W2")}


def _half_of_the_penalty_in_steps(self, batch):
    loss, grads = _Training.objective(self, batch)
    return loss, grads | {name: grads[name] - self.lam * self.params[name] for name in ("W1", "W2")}


def _penalty_not_in_train_loss(self, batch):
    loss, grads = _Training.objective(self, batch)
    return loss - self.lam * sum((self.params[name] ** 2).sum() for name in ("W1", "W2")), grads


_train(
    "nesterov_step",
    "The step looks ahead: the velocity is weighed by ρ once more, and the gradient added.",
    "How long is the very first step, compared with one of plain SGD?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours has 0.19.",
    "Look at what the parameters are moved by.",
    step=_nesterov_step,
)
_train(
    "old_velocity_used",
    "A step is taken with the velocity so far; the new gradient counts from the next step on.",
    "How far does your very first step go?",
    "With gradient 1, lr = 0.1 and rho = 0.9 the first step has the length 0.1. Yours does not move at all.",
    "Look at the order of the two lines, and at which velocity moves the parameters.",
    step=_old_velocity_step,
)
_train(
    "no_momentum",
    "A step is the rate times the gradient.",
    "What does ρ do in your function?",
    "Gradient 1 twice, rho = 0.9, lr = 0.1: the second step has the length 0.19. Yours has 0.1.",
    "Look for the velocity.",
    step=_no_momentum_step,
)
_train(
    "penalty_not_in_the_steps",
    "The penalty belongs to the reported losses; the steps follow the hinge loss.",
    "What should λ do to a weight that makes no difference to the scores?",
    "λ = 1, no margin violated, a weight of 3: its gradient is 6. In your steps it is 0.",
    "Look at the gradients that your steps are made of.",
    objective=_penalty_not_in_steps,
)
_train(
    "half_of_the_penalty_in_the_steps",
    "The gradient of the penalty is λ·W.",
    "How fast does w² grow at w = 3?",
    "λ = 1, no margin violated, a weight of 3: its gradient is 6. In your steps it is 3.",
    "Look at what the penalty adds to the gradients of W1 and W2.",
    objective=_half_of_the_penalty_in_steps,
)
_train(
    "train_loss_without_penalty",
    "The training loss is the hinge loss alone.",
    "Which loss do your steps make smaller, and which one do you report?",
    "λ = 1, no margin violated, one weight of 3: the minibatch loss is 9. Yours is 0.",
    "Look at what is appended to the losses of an epoch: does it include the penalty?",
    objective=_penalty_not_in_train_loss,
)
_train(
    "batch_size_ignored",
    "Every minibatch has 32 examples.",
    "What should change with batch_size?",
    "64 examples with batch_size = 16 make four steps an epoch. Yours make two.",
    "Look for a 32 in your code, where the argument batch_size should be used.",
    batches=lambda self: [order[start : start + 32] for order in [self.order()] for start in range(0, len(order), 32)],
)
_train(
    "decay_ignored",
    "The rate stays as it is.",
    "What should change with decay?",
    "lr = 1 and decay = 0.5: the rates of the epochs are 1, 0.5, 0.25. Yours are all 1.",
    "Look for decay in your code.",
    rate=lambda self: self.lr,
)
_train(
    "decay_divides",
    "The rate is lr/(1 + decay·epoch).",
    "Which formula does the docstring have?",
    "lr = 1 and decay = 0.5: the rates of the epochs are 1, 0.5, 0.25. Yours are 1, 0.67, 0.5.",
    "Look at the line that makes the rate.",
    rate=lambda self: self.lr / (1 + self.decay * self.epoch),
)
_train(
    "patience_ignored",
    "Training goes through all epochs.",
    "What should change with patience?",
    "patience = 2, validation losses 1, 2, 2, 2: the history has three entries. Yours has four.",
    "Look for patience in your code.",
    stops=lambda self: False,
)


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.written(
    "loss_and_gradients.half_in_penalty",
    replace="y, lam,",
    by="y, lam / 2,",
)
wrong.written(
    "loss_and_gradients.penalty_divided_by_batch_size",
    replace="y, lam,",
    by="y, lam / len(x),",
)
wrong.written(
    "predict.best_example_of_each_class",
    replace="argmax(axis=1)",
    by="argmax(axis=0)",
)
wrong.written(
    "predict.highest_class_of_equals",
    replace='return (hidden @ params["W2"] + params["b2"]).argmax(axis=1)',
    by="""scores = hidden @ params["W2"] + params["b2"]
    return scores.shape[1] - 1 - scores[:, ::-1].argmax(axis=1)""",
)
wrong.written(
    "train.last_parameters_returned",
    replace="return best, history",
    by="return params, history",
)
wrong.written(
    "train.best_is_a_reference",
    replace="best, best_epoch = dict(params), epoch",
    by="best, best_epoch = params, epoch",
)
wrong.written(
    "train.train_loss_of_last_batch",
    replace="float(np.mean(losses))",
    by="losses[-1]",
)
wrong.written(
    "train.val_loss_without_penalty",
    replace="x_val, y_val, lam)",
    by="x_val, y_val, 0.0)",
)
wrong.written(
    "train.velocity_forgotten_every_epoch",
    replace="""    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    history: dict[str, list[float]] = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_epoch = params, -1
    for epoch in range(epochs):
""",
    by="""    history: dict[str, list[float]] = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_epoch = params, -1
    for epoch in range(epochs):
        velocity = {name: np.zeros_like(value) for name, value in params.items()}
""",
)
wrong.written(
    "train.momentum_dampened",
    replace="rho * velocity[name] + grad",
    by="rho * velocity[name] + (1 - rho) * grad",
)
wrong.written(
    "train.rate_inside_the_velocity",
    replace="""rho * velocity[name] + grad
                params[name] = params[name] - lr * decay**epoch * velocity[name]""",
    by="""rho * velocity[name] + lr * decay**epoch * grad
                params[name] = params[name] - velocity[name]""",
)
wrong.written(
    "train.decay_every_step",
    replace="""        order, losses = rng.permutation(len(x)), []
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            loss, grads = _objective(params, x[batch], y[batch], lam, _mask(len(batch), len(params["b1"]), p, rng))
            losses.append(loss)
            for name, grad in grads.items():
                velocity[name] = rho * velocity[name] + grad
                params[name] = params[name] - lr * decay**epoch * velocity[name]
""",
    by="""        order, losses = rng.permutation(len(x)), []
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            loss, grads = _objective(params, x[batch], y[batch], lam, _mask(len(batch), len(params["b1"]), p, rng))
            losses.append(loss)
            for name, grad in grads.items():
                velocity[name] = rho * velocity[name] + grad
                params[name] = params[name] - lr * velocity[name]
            lr = lr * decay
""",
)
wrong.written(
    "train.patience_one_too_long",
    replace="epoch - best_epoch >= patience",
    by="epoch - best_epoch > patience",
)
wrong.written(
    "train.later_of_equal_epochs_wins",
    replace='< history["val_loss"][best_epoch]',
    by='<= history["val_loss"][best_epoch]',
)
wrong.written(
    "train.never_shuffled",
    replace="rng.permutation(len(x))",
    by="np.arange(len(x))",
)
wrong.written(
    "train.shuffled_once",
    replace="""    for epoch in range(epochs):
        order, losses = rng.permutation(len(x)), []
""",
    by="""    order = rng.permutation(len(x))
    for epoch in range(epochs):
        losses = []
""",
)
wrong.written(
    "train.sampled_with_replacement",
    replace="rng.permutation(len(x))",
    by="rng.integers(len(x), size=len(x))",
)
wrong.written(
    "train.first_epoch_decayed",
    replace="decay**epoch",
    by="decay ** (epoch + 1)",
)
wrong.written(
    "train.accuracy_in_percent",
    replace="float(np.mean(predict(params, x_val) == y_val))",
    by="100 * float(np.mean(predict(params, x_val) == y_val))",
)
wrong.written(
    "train.best_by_accuracy",
    replace='history["val_loss"][-1] < history["val_loss"][best_epoch]',
    by='history["val_accuracy"][-1] > history["val_accuracy"][best_epoch]',
)
wrong.written(
    "train.best_by_training_loss",
    replace='history["val_loss"][-1] < history["val_loss"][best_epoch]',
    by='history["train_loss"][-1] < history["train_loss"][best_epoch]',
)
wrong.written(
    "train.one_mask_for_the_minibatch",
    replace="_mask(len(batch), len",
    by="_mask(1, len",
)
