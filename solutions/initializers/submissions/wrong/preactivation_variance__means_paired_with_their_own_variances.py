"""The student multiplies each squared mean by the variance of the same quantity, not of the other one."""


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    first = mean_w ** 2 * var_w
    second = mean_x ** 2 * var_x
    third = var_w * var_x
    return fan_in * (first + second + third)
