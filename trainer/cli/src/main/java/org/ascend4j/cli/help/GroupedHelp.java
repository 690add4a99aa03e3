package org.ascend4j.cli.help;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Groups a command's options by {@link HelpGroup} in its help. */
public final class GroupedHelp {
    private GroupedHelp() {}

    /** Sets the help of a command and its subcommands. */
    public static void install(CommandLine command) {
        // A full synopsis of fifty options would push their descriptions off the screen.
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedHelp::options);
        command.getSubcommands().values().forEach(GroupedHelp::install);
    }

    /** Returns the options shown in help, by group. */
    static Map<HelpGroup, List<OptionSpec>> groups(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .collect(Collectors.groupingBy(HelpGroup::of, TreeMap::new, Collectors.toList()));
    }

    private static String options(Help help) {
        Map<HelpGroup, List<OptionSpec>> groups = groups(help.commandSpec());
        return groups.entrySet().stream()
                .map(group -> heading(help, group.getKey(), groups.size()) + list(help, group.getValue()))
                .collect(Collectors.joining());
    }

    private static String heading(Help help, HelpGroup group, int groups) {
        String text = groups == 1 ? "Options" : group.heading();
        return help.createHeading("%n" + text + ":%n");
    }

    private static String list(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }
}
