"""The student takes the largest violation of each example instead of the sum over all wrong classes."""


def hinge_loss(scores, y, margin=1.0):
    N, C = scores.shape
    loss = 0.0
    dscores = np.zeros((N, C))
    for i in range(N):
        correct = int(y[i])
        worst, worst_j = 0.0, None
        for j in range(C):
            if j == correct:
                continue
            m = scores[i, j] - scores[i, correct] + margin
            if m > worst:
                worst, worst_j = m, j
        loss += worst
        if worst_j is not None:
            dscores[i, worst_j] += 1.0
            dscores[i, correct] -= 1.0
    return loss / N, dscores / N
