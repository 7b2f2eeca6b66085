"""PyTorch, eager: the same arithmetic as its users write it."""
import platform

from common import batches, keeping, labels, noise, np, serve, unavailable, weights

try:
    import torch
    import torch.nn.functional as F
except ImportError as error:
    unavailable(error)


def variable(values):
    return torch.tensor(values, requires_grad=True)


def trained(loss, variables, rate, optimizer=torch.optim.SGD):
    optimizer = optimizer(variables, lr=rate)

    def step():
        optimizer.zero_grad()
        cost = loss()
        cost.backward()
        optimizer.step()
        return cost.item()

    return step


def dense(hidden, batch, adam=0):
    w1, b1 = variable(weights(1, [784, hidden], 0.1)), variable(np.zeros(hidden, np.float32))
    w2, b2 = variable(weights(2, [hidden, 10], 0.1)), variable(np.zeros(10, np.float32))
    images, digits = batches(batch, (28, 28, 1)), labels(batch)

    def loss():
        x, y = torch.from_numpy(images()), torch.from_numpy(digits)
        return F.cross_entropy(torch.relu(x.reshape(-1, 784) @ w1 + b1) @ w2 + b2, y)

    return trained(loss, [w1, b1, w2, b2], *((1e-3, torch.optim.Adam) if adam else (0.5, torch.optim.SGD)))


def softmax(batch):
    w, b = variable(weights(1, [784, 10], 0.1)), variable(np.zeros(10, np.float32))
    images, digits = batches(batch), labels(batch)
    return trained(lambda: F.cross_entropy(torch.from_numpy(images()) @ w + b, torch.from_numpy(digits)), [w, b], 0.5)


def conv(batch):
    # PyTorch's layout: channels before pixels.
    def kernel(seed, inputs, outputs):
        return variable(np.ascontiguousarray(weights(seed, [5, 5, inputs, outputs], 0.1).transpose(3, 2, 0, 1)))

    def bias(n):
        return variable(np.full(n, 0.1, np.float32))

    w1, b1, w2, b2 = kernel(1, 1, 32), bias(32), kernel(2, 32, 64), bias(64)
    w3 = variable(np.ascontiguousarray(weights(3, [7, 7, 64, 1024], 0.1).transpose(2, 0, 1, 3)).reshape(3136, 1024))
    b3, w4, b4 = bias(1024), variable(weights(4, [1024, 10], 0.1)), bias(10)
    images, digits, kept = batches(batch), labels(batch), keeping()

    def loss():
        x, y = torch.from_numpy(images()).reshape(-1, 1, 28, 28), torch.from_numpy(digits)
        first = F.max_pool2d(torch.relu(F.conv2d(x, w1, b1, padding=2)), 2)
        second = F.max_pool2d(torch.relu(F.conv2d(first, w2, b2, padding=2)), 2)
        hidden = F.dropout(torch.relu(second.reshape(-1, 3136) @ w3 + b3), 1 - kept())
        return F.cross_entropy(hidden @ w4 + b4, y)

    return trained(loss, [w1, b1, w2, b2, w3, b3, w4, b4], 1e-4, torch.optim.Adam)


def lstm(steps, units, batch):
    w, b = variable(weights(1, [1 + units, 4 * units], 0.1)), variable(np.zeros(4 * units, np.float32))
    v = variable(weights(2, [units, 1], 0.1))
    inputs = noise(3, batch * steps).astype(np.float32).reshape(batch, steps)
    means = inputs.mean(1, keepdims=True)

    def loss():
        c = h = torch.zeros(batch, units)
        for x in torch.from_numpy(inputs).split(1, 1):
            i, j, f, o = (torch.cat([x, h], 1) @ w + b).chunk(4, 1)
            c = torch.sigmoid(f + 1) * c + torch.sigmoid(i) * torch.tanh(j)
            h = torch.sigmoid(o) * torch.tanh(c)
        return torch.mean(torch.square(h @ v - torch.from_numpy(means)))

    return trained(loss, [w, b, v], 0.1)


def chain(ops):
    a, b = torch.tensor(0.5), torch.tensor(0.5)

    def step():
        end = torch.tensor(1.0)
        with torch.no_grad():
            for i in range(ops):
                end = end + b if i % 2 else end * a
        return end.item()

    return step


serve({"dense": dense, "softmax": softmax, "conv": conv, "lstm": lstm, "chain": chain}, {"PyTorch": torch.__version__, "Python": platform.python_version()})
