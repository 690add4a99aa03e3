"""Pooling in one, two and three dimensions."""
import torch.nn.functional as F

from cases.case import ALL, case, first_generation, real


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
    case("max pool dilated", lambda a: F.max_pool2d(a, 3, 1, 1, 2), x)
    case("max pool rectangle", lambda a: F.max_pool2d(a, (3, 2), (2, 1), (1, 0)), x)
    case("max pool one image", lambda a: F.max_pool2d(a, 2), real(3, 8, 8))
    case("avg pool divisor", lambda a: F.avg_pool2d(a, 2, divisor_override=3), x)
    case("avg pool rectangle", lambda a: F.avg_pool2d(a, (3, 2), (2, 1), (1, 0)), x)
    case("adaptive rectangle", lambda a: F.adaptive_avg_pool2d(a, (3, None)), x)
    case("adaptive global by number", lambda a: F.adaptive_avg_pool2d(a, 1), x)
    case("adaptive max", lambda a: F.adaptive_max_pool2d(a, (3, 3)), x)
    case("adaptive max global", lambda a: F.adaptive_max_pool2d(a, 1), x)
    case("adaptive max uneven", lambda a: F.adaptive_max_pool2d(a, (4, 2)), x)
    case("lp pool", lambda a: F.lp_pool2d(a.abs() + 1, 2, 3), x)
    line = real(2, 3, 12)
    case("max pool 1d", lambda a: F.max_pool1d(a, 3, 2, 1), line)
    case("avg pool 1d", lambda a: F.avg_pool1d(a, 3, 2, 1), line)
    case("adaptive 1d", lambda a: F.adaptive_avg_pool1d(a, 4), line)
    case("adaptive max 1d", lambda a: F.adaptive_max_pool1d(a, 4), line)
    volume = real(2, 3, 6, 6, 6)
    if not first_generation():
        case("max pool 3d", lambda a: F.max_pool3d(a, 2), volume)
    case("avg pool 3d cube", lambda a: F.avg_pool3d(a, 2), volume)
    case("adaptive 3d", lambda a: F.adaptive_avg_pool3d(a, 2), volume)
    case("adaptive 3d global", lambda a: F.adaptive_avg_pool3d(a, 1), volume)
