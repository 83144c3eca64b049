package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of operations in `docs/pytorch.md` and in the README are up to date; with
/// `-Dlanegrad.tables=write` they are written instead.
class TorchTablesTest {
    private static final String REPAIR =
            """
            %s is out of date; this brings it up to date:
            ./mvnw -q -pl kernels,src,check test -Dtest=TorchTablesTest -Dlanegrad.tables=write \
            -Dsurefire.failIfNoSpecifiedTests=false
            """;

    private static final Path PAGE = Path.of("..", "docs", "pytorch.md");
    private static final Path README = Path.of("..", "README.md");

    @Test
    void thePageHasEveryOperation() throws IOException {
        require(PAGE, TorchTables.page());
    }

    @Test
    void theReadmeHasEveryOperationsName() throws IOException {
        require(README, TorchTables.withSummary(Files.readString(README)));
    }

    private static void require(Path file, String text) throws IOException {
        if ("write".equals(System.getProperty("lanegrad.tables"))) {
            Files.writeString(file, text);
        }
        String there = Files.exists(file) ? Files.readString(file) : "";
        assertEquals(text, there.replace("\r\n", "\n"), () -> REPAIR.formatted(file));
    }

    @Test
    void everyFamilyIsInOneGroup() {
        Set<String> families = new TreeSet<>(Set.of("GradientHooks", "Interop")); // no operations
        for (TorchTables.Group group : TorchTables.GROUPS) {
            for (String family : group.families()) {
                assertEquals(true, families.add(family), family + " is in two groups");
            }
        }
        Set<String> all = new TreeSet<>();
        Stream.of(Tensor.class.getInterfaces()).forEach(family -> all.add(family.getSimpleName()));
        assertEquals(all, families);
    }

    @Test
    void everyCataloguedOperationIsInTheTables() {
        Set<String> missing = new TreeSet<>();
        Catalogue.ALL.forEach(op -> missing.add(op.method()));
        missing.addAll(OutsideTheCatalogue.WITHOUT_DERIVATIVE);
        missing.addAll(OutsideTheCatalogue.TESTED_ELSEWHERE);
        missing.removeAll(methods());
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyExceptionToTheRuleOfNamesIsNeeded() {
        Set<String> unknown = new TreeSet<>();
        TorchNames.exceptions().forEach(unknown::add);
        unknown.removeAll(methods());
        assertEquals(Set.of(), unknown, "names for operations that do not exist");
    }

    @Test
    void noTwoOperationsHaveTheSameName() {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (String method : methods()) {
            for (String name : TorchNames.of(method)) {
                methods.computeIfAbsent(name, _ -> new TreeSet<>()).add(method);
            }
        }
        methods.values().removeIf(m -> m.size() == 1);
        assertEquals(Map.of(), methods);
    }

    private static Set<String> methods() {
        List<TorchTables.Group> groups = TorchTables.GROUPS;
        Set<String> methods = new TreeSet<>();
        groups.forEach(group -> methods.addAll(TorchTables.calls(group).keySet()));
        return methods;
    }
}
