# The function, and its slope as your backward pass has it.
with picture("tanh_backward") as plt:
    x = np.linspace(-4, 4, 201)
    plt.figure(figsize=(5, 3))
    plt.plot(x, tanh(x.copy()), label="tanh")
    plt.plot(x, tanh_backward(np.ones_like(x), x.copy()), "--", label="slope")
    plt.xlabel("x")
    plt.ylabel("y")
    plt.grid(alpha=0.3)
    plt.legend()
