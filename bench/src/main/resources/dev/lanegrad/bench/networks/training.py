"""Training steps of a ResNet for small grey images, by PyTorch alone.

Arguments: channels of the first stage, blocks of a stage, stages, images of a step, rows and columns of an image,
threads, seconds to measure, memory format.
"""
import json
import resource
import sys
import time

import numpy
import torch
import torch.nn as nn
import torch.nn.functional as F

width, blocks, stages, batch, size, threads = map(int, sys.argv[1:7])
seconds, memory_format = float(sys.argv[7]), getattr(torch, sys.argv[8])
torch.set_num_threads(threads)


def uniform(n, seed):
    """The values of java.util.Random: its step n times at once, by doubling."""
    mask, factor, summand = (1 << 48) - 1, [0x5DEECE66D], [0xB]
    a, c = numpy.array(factor, numpy.uint64), numpy.array(summand, numpy.uint64)
    while len(a) < n:
        a, c = numpy.concatenate([a, a * a[-1]]), numpy.concatenate([c, a * c[-1] + c])
        a, c = a & numpy.uint64(mask), c & numpy.uint64(mask)
    state = (a[:n] * numpy.uint64((seed ^ 0x5DEECE66D) & mask) + c[:n]) & numpy.uint64(mask)
    return torch.from_numpy((state >> numpy.uint64(24)).astype(numpy.float32)) / 2**23 - 1


def layer(cin, cout, kernel, stride):
    return [nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(cout)]


class Block(nn.Module):
    def __init__(self, cin, cout, stride):
        super().__init__()
        self.conv1, self.bn1 = layer(cin, cout, 3, stride)
        self.conv2, self.bn2 = layer(cout, cout, 3, 1)
        self.downsample = None if cin == cout else nn.Sequential(*layer(cin, cout, 1, stride))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        y += x if self.downsample is None else self.downsample(x)
        return F.relu(y, inplace=True)


parts = [*layer(1, width, 3, 1), nn.ReLU(inplace=True)]
cin = width
for stage in range(stages):
    cout = width << stage
    for block in range(blocks):
        parts.append(Block(cin, cout, 1 if cin == cout else 2))
        cin = cout
model = nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(cin, 10))
with torch.no_grad():
    for index, p in enumerate(model.parameters()):
        if p.dim() > 1:
            p.copy_((3 * p.shape[0] / p.numel()) ** 0.5 * uniform(p.numel(), index).reshape(p.shape))
    for module in model.modules():
        if isinstance(module, nn.Linear):
            module.bias.zero_()
model = model.to(memory_format=memory_format)
x = uniform(batch * size * size, 7).reshape(batch, 1, size, size).to(memory_format=memory_format)
target = torch.tensor([i * 7919 % 10 for i in range(batch)])
sgd = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9)


def step():
    loss = F.cross_entropy(model(x), target)
    sgd.zero_grad()
    loss.backward()
    sgd.step()
    return loss.item()


first = step()
start, count = time.perf_counter(), 0
while count < 20 or time.perf_counter() - start < 6:
    step()
    count += 1
nanos = []
start = time.perf_counter()
while len(nanos) < 7 or time.perf_counter() - start < seconds:
    began = time.perf_counter_ns()
    step()
    nanos.append(time.perf_counter_ns() - began)
resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"nanos": nanos, "bytes": 0, "residentKilobytes": resident, "values": [first]}))
