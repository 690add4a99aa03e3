package org.ascend4j.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** States of a process when a signal arrives; prints what the process can still do. */
enum StopRequestScenario {
    /** Waits for an event that never comes, without polling. */
    HANGS {
        @Override
        void play() throws InterruptedException {
            try (StopRequest held = new StopRequest(Duration.ofMillis(100))) {
                System.out.println("started");
                new CountDownLatch(1).await();
            }
        }
    },
    /** Polls, takes longer for its last step than the limit for owners that do not poll, and then releases its device. */
    STOPS {
        @Override
        void play() throws InterruptedException {
            try (StopRequest held = new StopRequest(Duration.ofSeconds(1))) {
                try (StopRequest asked = new StopRequest()) {
                    System.out.println("started");
                    await(asked);
                    Thread.sleep(2500);
                    System.out.println("stopped");
                }
                Thread.sleep(300);
                System.out.println("released");
            }
        }
    },
    /** Starts to poll after the signal, and has not finished when owners that do not poll must have. */
    BEGINS_LATE {
        @Override
        void play() throws InterruptedException {
            try (StopRequest held = new StopRequest(Duration.ofSeconds(4))) {
                System.out.println("started");
                await(held);
                Thread.sleep(200);
                try (StopRequest asked = new StopRequest()) {
                    System.out.println("requested: " + asked.requested());
                    Thread.sleep(5000);
                    System.out.println("stopped");
                }
            }
        }
    };

    abstract void play() throws InterruptedException;

    private static void await(StopRequest stop) throws InterruptedException {
        while (!stop.requested()) {
            Thread.sleep(10);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        valueOf(arguments[0]).play();
    }
}
