# Gradients from a billionth to a thousand, and the two numbers that the network sees of each.
with picture("preprocess_gradient") as plt:
    grad = np.logspace(-9, 3, 200)
    plt.figure(figsize=(6, 3))
    plt.semilogx(grad, preprocess_gradient(grad.copy()), label=["first", "second"])
    plt.xlabel("gradient")
    plt.ylabel("what the network sees")
    plt.grid(alpha=0.3)
    plt.legend()
