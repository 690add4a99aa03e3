"""Losses, with every reduction and option that classification and regression use."""
import torch
import torch.nn.functional as F

from cases.case import ALL, case, positive, real


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
    images = torch.tensor([[[0, 1], [2, 0]], [[1, 1], [2, 2]]])
    case("cross entropy images", lambda a: F.cross_entropy(a, images.to(a.device)), real(2, 3, 2, 2))
    case("cross entropy images ignore", lambda a: F.cross_entropy(a, images.to(a.device), ignore_index=2),
         real(2, 3, 2, 2))
    case("cross entropy all options", lambda a, w: F.cross_entropy(
        a, target.to(a.device), w.detach(), ignore_index=2, label_smoothing=0.1), real(4, 3), positive(3))
    for reduction in ("mean", "sum", "none"):
        case("nll weight " + reduction, lambda a, w, r=reduction: F.nll_loss(
            a.log_softmax(1), target.to(a.device), w.detach(), ignore_index=1, reduction=r), real(4, 3), positive(3))
        for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):
            case(f"{name} {reduction}", lambda a, b, f=name, r=reduction: getattr(F, f)(a, b, reduction=r), real(4, 3),
                 real(4, 3))
        case("bce " + reduction, lambda a, b, r=reduction: F.binary_cross_entropy(
            a.sigmoid(), (b > 0).float(), reduction=r), real(4, 3), real(4, 3))
        case("bce logits " + reduction, lambda a, b, r=reduction: F.binary_cross_entropy_with_logits(
            a, (b > 0).to(a.dtype), reduction=r), real(4, 3), real(4, 3), types=ALL)
        case("kl " + reduction, lambda a, b, r=reduction: F.kl_div(
            a.log_softmax(1), b.detach().softmax(1), reduction=r), real(4, 3), real(4, 3))
    case("kl batch", lambda a, b: F.kl_div(a.log_softmax(1), b.detach().log_softmax(1), reduction="batchmean",
                                           log_target=True), real(4, 3), real(4, 3))
    case("bce weight", lambda a, b, w: F.binary_cross_entropy(a.sigmoid(), (b > 0).float(), w.detach()), real(4, 3),
         real(4, 3), positive(3))
    case("bce logits weights", lambda a, b, w, p: F.binary_cross_entropy_with_logits(
        a, (b > 0).float(), w.detach(), pos_weight=p.detach()), real(4, 3), real(4, 3), positive(3), positive(3))
    case("smooth l1 beta", lambda a, b: F.smooth_l1_loss(a, b, beta=0.5), real(4, 3), real(4, 3))
    case("smooth l1 without beta", lambda a, b: F.smooth_l1_loss(a, b, beta=0.0), real(4, 3), real(4, 3))
    case("huber delta", lambda a, b: F.huber_loss(a, b, delta=0.5), real(4, 3), real(4, 3))
    case("mse broadcast gradient", lambda a, b: F.mse_loss(a, b.detach()), real(4, 3), real(4, 3))
    signs = torch.tensor([1.0, -1.0, 1.0, -1.0])
    case("cosine embedding", lambda a, b: F.cosine_embedding_loss(a, b, signs.to(a.device)), real(4, 3), real(4, 3))
    case("cosine similarity", lambda a, b: F.cosine_similarity(a, b), real(4, 3), real(4, 3))
    case("hinge embedding", lambda a: F.hinge_embedding_loss(a, signs.to(a.device)), real(4))
    case("margin ranking", lambda a, b: F.margin_ranking_loss(a, b, signs.to(a.device), 0.1), real(4), real(4))
    case("soft margin", lambda a: F.soft_margin_loss(a, signs.to(a.device)), real(4))
    case("triplet", lambda a, b, c: F.triplet_margin_loss(a, b, c), real(4, 3), real(4, 3), real(4, 3))
    case("poisson", lambda a, b: F.poisson_nll_loss(a, b.detach()), real(4, 3), positive(4, 3))
    case("gaussian", lambda a, b, v: F.gaussian_nll_loss(a, b, v), real(4, 3), real(4, 3), positive(4, 3))
