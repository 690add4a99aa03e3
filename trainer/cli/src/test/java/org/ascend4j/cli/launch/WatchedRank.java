package org.ascend4j.cli.launch;

/** A rank that does nothing except watch its launcher. */
final class WatchedRank {
    private WatchedRank() {}

    /** Prints its launcher's process id and waits a minute for its end. */
    public static void main(String[] arguments) throws InterruptedException {
        LauncherWatch.start();
        System.out.println(System.getenv(LauncherWatch.VARIABLE));
        Thread.sleep(60_000);
        System.out.println("not ended");
    }
}
