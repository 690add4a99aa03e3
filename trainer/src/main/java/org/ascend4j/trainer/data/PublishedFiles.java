package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The addresses of the published data sets and their MD5 sums. */
final class PublishedFiles {
    private static final String CIFAR10 = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";
    private static final List<String> CIFAR10_SUMS =
            List.of("c32a1d4ab5d03f1284b67883e8d87530", "c58f30108f718f92721af3b95e74349a");
    private static final String FASHION = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    private static final Map<String, String> FASHION_SUMS = Map.of(
            "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe",
            "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79",
            "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310");
    private static final String MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private static final Map<String, String> MNIST_SUMS = Map.of(
            "train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432",
            "t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3",
            "t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c");

    private PublishedFiles() {}

    /** Fetches CIFAR-10's archive: the binary version, or the version that a mirror provides. */
    static FileTree cifar10(DataSettings settings, ProgressSink progress) {
        String url = settings.url().orElse(CIFAR10);
        String name = url.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
        Path target = settings.directory().resolve(name.matches("[\\w.-]+\\.gz") ? name : "cifar-10.tar.gz");
        return FileTree.open(new Download(url, target, CIFAR10_SUMS).fetch(progress));
    }

    /** Fetches the four files of Fashion-MNIST. */
    static FileTree fashionMnist(DataSettings settings, ProgressSink progress) {
        return idx("fashion-mnist", FASHION, FASHION_SUMS, settings, progress);
    }

    /** Fetches the four files of MNIST. */
    static FileTree mnist(DataSettings settings, ProgressSink progress) {
        return idx("mnist", MNIST, MNIST_SUMS, settings, progress);
    }

    private static FileTree idx(
            String name, String home, Map<String, String> sums, DataSettings settings, ProgressSink progress) {
        String base = settings.url().orElse(home);
        Path folder = settings.directory().resolve(name);
        sums.keySet().stream().sorted().forEach(file -> new Download(
                        base + (base.endsWith("/") ? "" : "/") + file, folder.resolve(file), List.of(sums.get(file)))
                .fetch(progress));
        return FileTree.open(folder);
    }
}
