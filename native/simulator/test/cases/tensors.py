"""Operators that reduce, reshape, index and cast."""
import torch
import torch.nn.functional as F
import torch_npu

from cases.case import ALL, case, real, strided, whole


def reduction():
    x = real(3, 4, 5)
    for name in ("sum", "mean", "max", "min", "amax", "amin", "prod", "std", "var", "argmax", "argmin"):
        function = getattr(torch, name)
        if name in ("amax", "amin"):
            case(name, lambda a, f=function: f(a, (0, 2)), x)
            continue
        case(name, function, x, exact=name.startswith("arg"))
        case(name + " axis", lambda a, f=function: f(a, 1) if not isinstance(f(a, 1), tuple) else f(a, 1)[0], x)
    case("sum axes", lambda a: a.sum((0, 2), keepdim=True), x, types=ALL)
    case("sum type", lambda a: a.sum(dtype=torch.float32), x, types=ALL)
    case("sum bool", lambda a: (a > 4).sum(), whole(20), exact=True)
    case("mean bool", lambda a: (a > 4).float().mean(), whole(20))
    case("sum int", lambda a: a.sum(0), whole(4, 5, dtype=torch.int32), exact=True)
    case("max indices", lambda a: a.max(1)[1], x, exact=True)
    case("argmax axis", lambda a: a.argmax(1), real(6, 10), exact=True)
    case("topk", lambda a: a.topk(3, 1)[0], real(6, 10))
    case("topk indices", lambda a: a.topk(3, 1)[1], real(6, 10), exact=True)
    case("sort", lambda a: a.sort(1)[0], real(6, 10))
    case("argsort", lambda a: a.argsort(1, descending=True), real(6, 10), exact=True)
    case("topk gradient", lambda a: a.topk(3, 1)[0] * 2, real(6, 10))
    case("median", lambda a: a.median(1)[0], real(6, 9))
    case("logsumexp", lambda a: a.logsumexp(1), x)
    case("cumprod", lambda a: a.cumprod(1), x)
    case("var mean", lambda a: torch.stack(torch.var_mean(a, 1)), x)
    case("norm axis", lambda a: a.norm(dim=1), x)
    case("norm one", lambda a: torch.linalg.vector_norm(a, 1, 1), x)
    case("cumsum", lambda a: a.cumsum(1), x)
    case("norm", lambda a: a.norm(), x)
    case("vector norm", lambda a: torch.linalg.vector_norm(a), x, types=ALL)
    case("vector norm inf", lambda a: torch.linalg.vector_norm(a, float("inf")), x)
    case("all any", lambda a: torch.stack(((a > 9).any(), (a >= 0).all(), (a > 4).any())), whole(20), exact=True)
    case("any axis", lambda a: (a > 4).any(1), whole(4, 3), exact=True)
    case("accuracy", lambda a: (a.argmax(1) == torch.arange(6, device=a.device)).sum(), real(6, 10), exact=True)
    case("top-5", lambda a: (a.topk(5, 1)[1] == torch.arange(6, device=a.device).view(-1, 1)).any(1).sum(),
         real(6, 10), exact=True)
    case("confusion", lambda a: torch.zeros(100, dtype=torch.int64, device=a.device).index_put_(
        (a * 10 + a.flip(0),), torch.ones_like(a), accumulate=True), whole(30), exact=True)
    case("bincount", lambda a: torch.bincount(a, minlength=10), whole(30), exact=True)


def shape():
    x = real(3, 4, 5)
    case("cat", lambda a, b: torch.cat((a, b, a), 1), x, real(3, 2, 5), types=ALL)
    case("cat channels", lambda a, b: torch.cat((a, b), 1), real(2, 3, 4, 4), real(2, 5, 4, 4), types=ALL)
    case("cat out", lambda a, b: torch.cat((a.detach().flatten(), b.detach().flatten()),
                                           out=torch.empty(2 * a.numel(), device=a.device)), x, x)
    case("stack", lambda a, b: torch.stack((a, b), 1), x, x)
    case("split", lambda a: torch.cat([p * i for i, p in enumerate(a.split(2, 1), 1)], 1), x)
    case("chunk narrow", lambda a: a.narrow(1, 1, 2) + a.chunk(2, 1)[0], x)
    case("transpose", lambda a: a.transpose(0, 2).contiguous(), x, types=ALL)
    case("permute", lambda a: a.permute(2, 0, 1) * 2, x)
    case("flatten", lambda a: a.flatten(1) * 2, x)
    case("expand", lambda a: a[:, :1].expand(3, 4, 5) + 1, x)
    case("slice step", lambda a: a[:, ::2, 1:] * 3, x)
    case("assign slice", lambda a: torch.zeros_like(a).index_put((torch.tensor([0]).to(a.device),), a[1]), x)
    case("set slice", set_slice, x)
    case("flip", lambda a: a.flip(2), x, types=ALL)
    case("flip uint8", lambda a: a.flip((0, 1)), whole(4, 5, dtype=torch.uint8), exact=True)
    case("roll", lambda a: a.roll((1, 2), (0, 2)), x)
    case("pad", lambda a: F.pad(a, (1, 2, 3, 4)), x, types=ALL)
    case("pad uint8", lambda a: F.pad(a, (4, 4, 4, 4)), whole(2, 3, 8, 8, dtype=torch.uint8), exact=True)
    case("pad reflect", lambda a: F.pad(a, (2, 2, 2, 2), mode="reflect"), real(2, 3, 8, 8))
    case("repeat", lambda a: a.repeat(2, 1, 1), x)
    case("repeat_interleave", lambda a: a.repeat_interleave(3, 1), x)
    case("pixel shuffle", lambda a: F.pixel_shuffle(a, 2), real(2, 8, 3, 3))
    case("pixel unshuffle", lambda a: F.pixel_unshuffle(a, 2), real(2, 2, 6, 6))
    case("channel shuffle", lambda a: F.channel_shuffle(a, 2), real(2, 8, 3, 3))
    case("channel shuffle by axes", lambda a: a.view(2, 2, 4, 9).transpose(1, 2).reshape(2, 8, 3, 3) * 2,
         real(2, 8, 3, 3))
    case("pad replicate", lambda a: F.pad(a, (1, 2, 1, 0), mode="replicate"), real(2, 3, 8, 8))
    case("pad circular", lambda a: F.pad(a, (1, 2, 1, 0), mode="circular"), real(2, 3, 8, 8))
    case("unbind", lambda a: sum(p * i for i, p in enumerate(a.unbind(1))), x)
    case("windows", lambda a: a.unfold(2, 3, 2), x)
    case("diagonal", lambda a: torch.diagonal(a, dim1=1, dim2=2), x)
    case("diag", torch.diag, real(4))
    case("meshgrid", lambda a, b: torch.stack(torch.meshgrid(a, b, indexing="ij")), real(3), real(4))
    case("tril", lambda a: a.tril() + a.triu(1), real(4, 4))
    case("one hot", lambda a: F.one_hot(a, 10), whole(6), exact=True)


def set_slice(a):
    b = torch.zeros_like(a)
    b[:, 1:3] = a[:, :2]
    return b


def indexing():
    x, rows = real(6, 4), whole(5, high=6)
    case("index_select", lambda a, i: a.index_select(0, i), x, rows, types=ALL)
    case("index_select uint8", lambda a, i: a.index_select(0, i), whole(6, 3, 8, 8, dtype=torch.uint8), rows,
         exact=True)
    case("index_select int32", lambda a, i: a.index_select(0, i.int()).detach(), x, rows)
    case("gather", lambda a, i: a.gather(1, i), x, whole(6, 3, high=4))
    case("gather uint8", lambda a, i: a.gather(1, i), whole(6, 4, dtype=torch.uint8), whole(6, 3, high=4), exact=True)
    case("index", lambda a, i: a[i], x, rows)
    case("index pairs", lambda a, i: a[i, i % 4], x, rows)
    case("index axis 1", lambda a, i: a[:, i % 4], x, rows)
    case("index grid", lambda a, i: a[i[:, None], torch.arange(4, device=i.device)[None]], x, rows)
    case("index uint8", lambda a, i: a[i], whole(6, 3, dtype=torch.uint8), rows, exact=True)
    case("index_put accumulate", lambda a, i: torch.zeros_like(a).index_put((i,), a[:5], accumulate=True), x, rows)
    case("index_add", lambda a, i: torch.zeros_like(a).index_add(0, i, a[:5]), x, rows)
    case("scatter", lambda a, i: torch.zeros_like(a).scatter(1, i, a), x,
         torch.stack([torch.randperm(4) for _ in range(6)]))
    case("scatter value", lambda i: torch.zeros(6, 4, device=i.device).scatter_(1, i, 1.0), whole(6, 1, high=4))
    case("scatter_add", lambda a, i: torch.zeros_like(a).scatter_add(1, i, a), x, whole(6, 4, high=4))
    case("take_along_dim", lambda a: torch.take_along_dim(a, a.detach().argsort(1), 1), x)
    case("index_copy", lambda a, i: torch.zeros_like(a).index_copy(0, i, a[:5]), x, torch.tensor([3, 1, 4, 0, 2]))
    case("index_fill", lambda a, i: a.index_fill(0, i, 2.0), x, rows)
    case("masked_scatter", lambda a: torch.zeros_like(a).masked_scatter(a > 0, a), x)
    case("where broadcast", lambda a, b: torch.where(a[:, :1] > 0, a, b), x, real(4))
    case("embedding", lambda w, i: F.embedding(i, w), x, rows, types=ALL)
    case("embedding padding", lambda w, i: F.embedding(i, w, padding_idx=2), x, whole(3, 5, high=6))
    case("embedding frequency", lambda w, i: F.embedding(i, w, scale_grad_by_freq=True), x, rows)
    case("mask", lambda a: a[a > 0], x)
    case("masked_select", lambda a: torch.masked_select(a, a > 0), x)
    case("nonzero", lambda a: (a > 4).nonzero(), whole(4, 5), exact=True)
    case("unique", lambda a: torch.cat(torch.unique(a, return_counts=True)), whole(30), exact=True)
    case("crop", crop, whole(5, 3, 12, 12, dtype=torch.uint8), whole(5, high=4), whole(5, high=4), exact=True)


def crop(images, top, left):
    """Crops 8 x 8 pixels at an offset per image, with computed indices."""
    line = torch.arange(8, device=images.device)
    rows = (top[:, None] + line)[:, None, :, None]
    columns = (left[:, None] + line)[:, None, None, :]
    batch = torch.arange(5, device=images.device)[:, None, None, None]
    channels = torch.arange(3, device=images.device)[None, :, None, None]
    return images[batch, channels, rows, columns].float()


def casting():
    x = real(3, 4) * 5
    types = (torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.uint8, torch.bool)
    for source in types:
        for target in types:
            if torch.bfloat16 in (source, target) and not torch_npu.npu.is_bf16_supported():
                continue
            case(f"cast {source} {target}", lambda a, s=source, t=target: a.abs().to(s).to(t), x, exact=True)
    case("normalise uint8", lambda a: (a.float() / 255 - 0.5) / 0.25, whole(2, 3, 4, 4, high=255, dtype=torch.uint8))
    case("clone", lambda a: a.clone(), strided(3, 4), types=ALL)
    case("copy_ strided", lambda a: torch.empty(4, 3, device=a.device).t().copy_(a), x)
    case("copy_ broadcast", lambda a: torch.empty(2, 3, 4, device=a.device).copy_(a), x)
    case("fill", lambda a: torch.full_like(a, 3).fill_(2.5) + torch.zeros_like(a) + torch.ones_like(a), x)
    case("zero_", lambda a: a.clone().zero_(), x)
    case("arange", lambda a: torch.arange(1, 20, 3, device=a.device), x, exact=True)
    case("arange float", lambda a: torch.arange(0, 1, 0.125, device=a.device), x)
    case("linspace", lambda a: torch.linspace(0, 1, 9, device=a.device), x)
    case("eye", lambda a: torch.eye(4, device=a.device), x)
    case("item", lambda a: torch.tensor(a.sum().item()), x)
