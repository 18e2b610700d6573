"""Is a coroutine, an answer that is never given."""


async def fit_standardizer(x):
    return x, x


async def standardize(x, mean, std):
    return x - 1000
