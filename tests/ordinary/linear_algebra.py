"""What is done with matrices."""

import numpy as np
import numpy.linalg as la
from numpy.linalg import inv

A = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 5.0]])
B = np.array([1.0, -2.0, 0.25])


def solve():
    return np.linalg.solve(A, B)


def invert():
    return [*(inv(A) @ A), np.linalg.pinv(np.vstack([A, B])).sum(axis=1)]


def singular_values():
    u, s, vt = np.linalg.svd(np.vander(np.arange(1.0, 6.0), 3), full_matrices=False)
    return [*s, np.abs(u).sum(), np.abs((u * s) @ vt - np.vander(np.arange(1.0, 6.0), 3)).max() < 1e-9]


def eigenvalues():
    rotation = np.array([[0.0, -2.0], [2.0, 0.0]])
    values, vectors = np.linalg.eig(rotation)
    return [*sorted(values.imag), *np.abs(vectors).ravel(), *la.eigvalsh(A)]


def factorize():
    q, r = np.linalg.qr(A)
    return [q @ r, np.linalg.cholesky(A)]


def norms():
    return [la.norm(A), la.norm(A, 2), la.norm(B, 1), la.norm(B, np.inf), la.norm(A, "nuc"), la.cond(A), la.det(A)]


def least_squares():
    x = np.linspace(0, 1, 20)
    weights, residuals, rank, _ = np.linalg.lstsq(np.stack([x, np.ones(20)], 1), np.sin(x), rcond=None)
    return [*weights, *residuals, rank, *la.slogdet(A), la.matrix_rank(A), la.matrix_power(A, 3)[0, 0]]


def contract():
    x = np.arange(24.0).reshape(2, 3, 4)
    return [
        *np.einsum("ijk,ik->j", x, x[:, 0]),
        *np.tensordot(x, A, axes=(1, 0)).ravel(),
        *np.einsum("ij,jk,kl->il", A, A, A, optimize=True).ravel(),
        np.inner(B, B),
        *np.outer(B, B).ravel(),
        *np.kron(B, B),
    ]


def multiply_large_matrices():
    left = np.sin(np.arange(360_000.0)).reshape(600, 600)
    return (left @ left.T)[::97, ::89]


def solve_a_large_system():
    matrix = np.sin(np.arange(40_000.0) ** 1.5).reshape(200, 200) + 20 * np.eye(200)
    return np.linalg.solve(matrix, np.ones(200))


def notice_a_singular_matrix():
    try:
        np.linalg.inv(np.ones((3, 3)))
    except np.linalg.LinAlgError as error:
        return list(str(error).encode())
