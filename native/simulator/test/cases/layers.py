"""Operators of a network's layers and losses."""
import torch
import torch.nn.functional as F

from cases.case import ALL, case, positive, real


def convolution():
    for name, size, stride, padding, groups in (("1x1", 1, 1, 0, 1), ("3x3", 3, 1, 1, 1), ("5x5", 5, 1, 2, 1),
                                                ("7x7 stride 2", 7, 2, 3, 1), ("groups", 3, 1, 1, 2)):
        case("conv " + name, lambda x, w, b, s=stride, p=padding, g=groups: F.conv2d(x, w, b, s, p, groups=g),
             real(2, 4, 9, 9), real(6, 4 // groups, size, size) * 0.3, real(6), types=ALL)
    case("conv no bias", lambda x, w: F.conv2d(x, w, padding=1), real(2, 3, 8, 8), real(5, 3, 3, 3))
    case("conv one channel", lambda x, w, b: F.conv2d(x, w, b, 2, 3), real(2, 1, 16, 16), real(8, 1, 7, 7) * 0.1,
         real(8))
    case("conv transpose", lambda x, w, b: F.conv_transpose2d(x, w, b, 2), real(2, 3, 4, 4), real(3, 5, 2, 2), real(5))
    case("linear", F.linear, real(4, 8), real(3, 8), real(3), types=ALL)
    case("linear no bias", F.linear, real(4, 8), real(3, 8))
    case("linear 3d", F.linear, real(2, 4, 8), real(3, 8), real(3))
    case("mm", torch.mm, real(4, 8), real(8, 3), types=ALL)
    case("matmul", torch.matmul, real(2, 4, 8), real(8, 3))
    case("bmm", torch.bmm, real(2, 4, 8), real(2, 8, 3))
    case("mv", torch.mv, real(4, 8), real(8))
    case("dot", torch.dot, real(8), real(8))
    case("addmm", lambda a, b, c: torch.addmm(a, b, c, beta=0.5, alpha=2), real(3), real(4, 8), real(8, 3))


def pooling():
    x = real(2, 3, 9, 9)
    for name, arguments in (("3/2/1", (3, 2, 1)), ("3/1/1", (3, 1, 1)), ("3/2 ceil", (3, 2, 0, 1, True)), ("2", (2,))):
        case("max pool " + name, lambda a, args=arguments: F.max_pool2d(a, *args), x, types=ALL)
    case("max pool ties", lambda a: F.max_pool2d(a.round(), 3, 2, 1), x)
    case("avg pool", lambda a: F.avg_pool2d(a, 5, 3), x, types=ALL)
    case("avg pool pad", lambda a: F.avg_pool2d(a, 3, 2, 1, ceil_mode=True, count_include_pad=False), x)
    case("adaptive 1", lambda a: F.adaptive_avg_pool2d(a, (1, 1)), x, types=ALL)
    case("adaptive 4", lambda a: F.adaptive_avg_pool2d(a, (4, 4)), x)
    case("avg pool 3d", lambda a: F.avg_pool3d(a.unsqueeze(1), (3, 1, 1), stride=1, padding=(1, 0, 0)), x)


def normalisation():
    x = real(4, 6, 5, 5)
    running = (real(6), positive(6))
    case("batch norm train", lambda a, w, b: F.batch_norm(a, None, None, w, b, True), x, positive(6), real(6),
         types=ALL)
    case("batch norm eval", lambda a, w, b, m, v: F.batch_norm(a, m.detach(), v.detach(), w, b, False), x, positive(6),
         real(6), *running)

    def running_stats(a, w, b):
        mean, variance = torch.zeros(6, device=a.device), torch.ones(6, device=a.device)
        F.batch_norm(a, mean, variance, w, b, True, 0.1, 1e-3)
        return torch.cat((mean, variance))

    case("batch norm running", running_stats, x, positive(6), real(6))
    case("batch norm no affine", lambda a: F.batch_norm(a, None, None, training=True), x)
    case("lrn", lambda a: F.local_response_norm(a, 5, 1e-4, 0.75, 2.0), x)
    case("layer norm", lambda a, w, b: F.layer_norm(a, (5,), w, b).detach(), x, positive(5), real(5))
    case("softmax", lambda a: F.softmax(a, 1), real(4, 7), types=ALL)
    case("log softmax", lambda a: F.log_softmax(a, 1), real(4, 7), types=ALL)
    case("normalise", lambda a: (a - a.mean((0, 2, 3), keepdim=True)) / a.std((0, 2, 3), keepdim=True), x)


def losses():
    target = torch.tensor([1, 2, 0, 1])
    for reduction in ("mean", "sum", "none"):
        case("cross entropy " + reduction,
             lambda a, r=reduction: F.cross_entropy(a, target.to(a.device), reduction=r), real(4, 3), types=ALL)
    case("cross entropy smooth", lambda a: F.cross_entropy(a, target.to(a.device), label_smoothing=0.1), real(4, 3),
         types=("fp32", "bf16"))
    case("cross entropy weight", lambda a, w: F.cross_entropy(a, target.to(a.device), w.detach()), real(4, 3),
         positive(3))
    case("cross entropy ignore",
         lambda a: F.cross_entropy(a, target.to(a.device), ignore_index=2), real(4, 3))
    case("cross entropy soft", lambda a, b: F.cross_entropy(a, b.detach().softmax(1)), real(4, 3), real(4, 3))
    case("mse", F.mse_loss, real(4, 3), real(4, 3))
    case("auxiliary", lambda a, b, c: sum(f * F.cross_entropy(x, target.to(a.device))
                                         for f, x in ((1, a), (0.3, b), (0.3, c))), real(4, 3), real(4, 3), real(4, 3))


def resampling():
    x = real(2, 3, 8, 8)
    case("bilinear", lambda a: F.interpolate(a, (14, 14), mode="bilinear"), x, types=("fp32", "fp16"))
    case("bilinear corners", lambda a: F.interpolate(a, (5, 5), mode="bilinear", align_corners=True), x)
    case("bilinear factor", lambda a: F.interpolate(a, scale_factor=2, mode="bilinear"), x)
    case("nearest", lambda a: F.interpolate(a, (16, 16), mode="nearest"), x)
