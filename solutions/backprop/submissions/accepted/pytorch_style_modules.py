"""Modules with forward and backward, parameters with .grad, a Sequential and a criterion, as in PyTorch."""
import numpy as np


class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = None


class Module:
    def __call__(self, *args):
        return self.forward(*args)


class Sigmoid(Module):
    def forward(self, x):
        self.out = np.where(x >= 0, 1.0, np.exp(-abs(x))) / (1.0 + np.exp(-abs(x)))
        return self.out

    def backward(self, grad_output):
        return grad_output * self.out * (1 - self.out)


class Tanh(Module):
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad_output):
        return grad_output * (1 - self.out * self.out)


class ReLU(Module):
    def forward(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0.0)

    def backward(self, grad_output):
        return np.where(self.mask, grad_output, 0.0)


class Softplus(Module):
    def __init__(self, beta=1.0, threshold=20.0):
        self.beta, self.threshold = beta, threshold

    def forward(self, x):
        self.x = x
        bx = self.beta * x
        return np.where(bx > self.threshold, x, np.log1p(np.exp(np.minimum(bx, self.threshold))) / self.beta)

    def backward(self, grad_output):
        return grad_output * Sigmoid()(self.beta * self.x)


class Linear(Module):
    def __init__(self, W, b):
        self.weight, self.bias = Parameter(W), Parameter(b)

    def forward(self, x):
        self.x = x
        return x @ self.weight.data + self.bias.data

    def backward(self, grad_output):
        self.weight.grad = self.x.T @ grad_output
        self.bias.grad = grad_output.sum(0)
        return grad_output @ self.weight.data.T


class Sequential(Module):
    def __init__(self, *modules):
        self.modules = modules

    def forward(self, x):
        for m in self.modules:
            x = m(x)
        return x

    def backward(self, grad_output):
        for m in reversed(self.modules):
            grad_output = m.backward(grad_output)
        return grad_output


class SquaredErrorLoss(Module):
    def forward(self, prediction, target):
        self.difference = prediction - target
        return (self.difference ** 2).sum() / self.difference.shape[0]

    def backward(self):
        return 2 * self.difference / self.difference.shape[0]


def sigmoid(x):
    return Sigmoid()(x)


def tanh(x):
    return Tanh()(x)


def relu(x):
    return ReLU()(x)


def softplus(x):
    return Softplus()(x)


def _backward(module, dy, x):
    module(x)
    return module.backward(dy)


def sigmoid_backward(dy, x):
    return _backward(Sigmoid(), dy, x)


def tanh_backward(dy, x):
    return _backward(Tanh(), dy, x)


def relu_backward(dy, x):
    return _backward(ReLU(), dy, x)


def softplus_backward(dy, x):
    return _backward(Softplus(), dy, x)


def linear_forward(x, W, b):
    layer = Linear(W, b)
    return layer(x), layer


def linear_backward(dy, cache):
    return cache.backward(dy), cache.weight.grad, cache.bias.grad


def mlp_loss_and_gradients(params, x, t):
    net = Sequential(Linear(params["W1"], params["b1"]), Tanh(), Linear(params["W2"], params["b2"]))
    criterion = SquaredErrorLoss()
    loss = criterion(net(x), t)
    net.backward(criterion.backward())
    fc1, _, fc2 = net.modules
    return loss, {"W1": fc1.weight.grad, "b1": fc1.bias.grad, "W2": fc2.weight.grad, "b2": fc2.bias.grad}
