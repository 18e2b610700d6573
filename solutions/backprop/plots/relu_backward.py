# The function, and its slope as your backward pass has it.
with picture("relu_backward") as plt:
    x = np.linspace(-4, 4, 201)
    plt.figure(figsize=(5, 3))
    plt.plot(x, relu(x.copy()), label="relu")
    plt.plot(x, relu_backward(np.ones_like(x), x.copy()), "--", label="slope")
    plt.xlabel("x")
    plt.ylabel("y")
    plt.grid(alpha=0.3)
    plt.legend()
