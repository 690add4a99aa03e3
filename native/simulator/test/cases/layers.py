"""The operators of a network's layers."""
import torch
import torch.nn.functional as F

from cases.case import ALL, case, first_generation, positive, real


def convolution():
    for name, size, stride, padding, groups in (("1x1", 1, 1, 0, 1), ("3x3", 3, 1, 1, 1), ("5x5", 5, 1, 2, 1),
                                                ("7x7 stride 2", 7, 2, 3, 1), ("groups", 3, 1, 1, 2)):
        case("conv " + name, lambda x, w, b, s=stride, p=padding, g=groups: F.conv2d(x, w, b, s, p, groups=g),
             real(2, 4, 9, 9), real(6, 4 // groups, size, size) * 0.3, real(6), types=ALL)
    for name, inputs, kernel, options in (
            ("depthwise", (2, 4, 9, 9), (4, 1, 3, 3), {"groups": 4, "padding": 1}),
            ("depthwise multiplied", (2, 4, 9, 9), (8, 1, 3, 3), {"groups": 4, "stride": 2, "padding": 1}),
            ("dilated", (2, 4, 9, 9), (6, 4, 3, 3), {"dilation": 2, "padding": 2}),
            ("dilated groups", (2, 4, 9, 9), (6, 2, 3, 3), {"dilation": (2, 1), "groups": 2}),
            ("rectangle", (2, 4, 9, 7), (6, 4, 1, 5), {"padding": (0, 2), "stride": (2, 1)}),
            ("same", (2, 4, 9, 9), (6, 4, 3, 3), {"padding": "same"}),
            ("same even", (2, 4, 9, 9), (6, 4, 2, 2), {"padding": "same"}),
            ("one image", (4, 9, 9), (6, 4, 3, 3), {})):
        case("conv " + name, lambda x, w, b, o=options: F.conv2d(x, w, b, **o), real(*inputs), real(*kernel) * 0.3,
             real(kernel[0]))
    case("conv 1d", lambda x, w, b: F.conv1d(x, w, b, padding=1), real(2, 4, 9), real(6, 4, 3), real(6))
    case("conv 1d depthwise", lambda x, w: F.conv1d(x, w, groups=4, dilation=2), real(2, 4, 9), real(4, 1, 3))
    case("conv 3d", lambda x, w, b: F.conv3d(x, w, b, padding=1), real(2, 3, 4, 5, 5), real(4, 3, 3, 3, 3), real(4))
    case("conv transpose groups", lambda x, w, b: F.conv_transpose2d(x, w, b, 2, 1, 1, 2), real(2, 4, 5, 5),
         real(4, 3, 3, 3), real(6))
    case("conv transpose 1d", lambda x, w, b: F.conv_transpose1d(x, w, b, 2), real(2, 3, 5), real(3, 4, 3), real(4))
    if not first_generation():
        case("unfold", lambda x: F.unfold(x, 3, padding=1, stride=2), real(2, 3, 6, 6))
        case("fold", lambda x: F.fold(x, (4, 4), 2), real(2, 12, 9))
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
    case("baddbmm", lambda a, b, c: torch.baddbmm(a, b, c, beta=0.5, alpha=2), real(2, 4, 3), real(2, 4, 8), real(2, 8, 3))
    case("addmv", torch.addmv, real(4), real(4, 8), real(8))
    case("outer", torch.outer, real(4), real(5))
    case("einsum", lambda a, b: torch.einsum("bik,bjk->bij", a, b), real(2, 3, 4), real(2, 5, 4))
    case("matmul broadcast", torch.matmul, real(2, 3, 4, 5), real(5, 6))
    case("matmul transposed", lambda a, b: a.transpose(1, 2) @ b, real(2, 4, 3), real(2, 4, 5))
    case("bilinear layer", F.bilinear, real(4, 3), real(4, 5), real(2, 3, 5), real(2))
    case("addmm", lambda a, b, c: torch.addmm(a, b, c, beta=0.5, alpha=2), real(3), real(4, 8), real(8, 3))


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
    case("layer norm", lambda a, w, b: F.layer_norm(a, (5,), w, b), x, positive(5), real(5))
    case("layer norm forward", lambda a, w, b: F.layer_norm(a, (5,), w, b).detach(), x, positive(5), real(5), types=ALL)
    case("layer norm axes", lambda a, w, b: F.layer_norm(a, (5, 5), w, b, 1e-3), x, positive(5, 5), real(5, 5))
    case("layer norm no affine", lambda a: F.layer_norm(a, (5,)), x)
    case("layer norm no bias", lambda a, w: F.layer_norm(a, (5,), w), x, positive(5))
    case("rms norm", lambda a, w: F.rms_norm(a, (5,), w), x, positive(5))
    case("group norm", lambda a, w, b: F.group_norm(a, 3, w, b), x, positive(6), real(6), types=ALL)
    case("group norm no affine", lambda a: F.group_norm(a, 2), x)
    case("group norm matrix", lambda a, w, b: F.group_norm(a, 2, w, b), real(4, 6), positive(6), real(6))
    case("instance norm", lambda a, w, b: F.instance_norm(a, weight=w, bias=b), x, positive(6), real(6))
    case("instance norm no affine", lambda a: F.instance_norm(a), x)
    case("batch norm matrix", lambda a, w, b: F.batch_norm(a, None, None, w, b, True), real(8, 6), positive(6), real(6))
    case("batch norm 1d", lambda a, w, b: F.batch_norm(a, None, None, w, b, True), real(4, 6, 5), positive(6), real(6))
    case("batch norm 3d", lambda a, w, b: F.batch_norm(a, None, None, w, b, True), real(2, 6, 3, 4, 4), positive(6),
         real(6))
    case("unit length", lambda a: F.normalize(a, dim=1), x)
    case("softmax", lambda a: F.softmax(a, 1), real(4, 7), types=ALL)
    case("log softmax", lambda a: F.log_softmax(a, 1), real(4, 7), types=ALL)
    case("normalise", lambda a: (a - a.mean((0, 2, 3), keepdim=True)) / a.std((0, 2, 3), keepdim=True), x)


def resampling():
    x = real(2, 3, 8, 8)
    case("bilinear", lambda a: F.interpolate(a, (14, 14), mode="bilinear"), x, types=("fp32", "fp16"))
    case("bilinear corners", lambda a: F.interpolate(a, (5, 5), mode="bilinear", align_corners=True), x)
    case("bilinear factor", lambda a: F.interpolate(a, scale_factor=2, mode="bilinear"), x)
    case("nearest", lambda a: F.interpolate(a, (16, 16), mode="nearest"), x)
