package dev.lanegrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.Recurrences;
import dev.lanegrad.Tensor;
import dev.lanegrad.ValuesAndIndices;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueCompletenessTest {
    private static final Set<Class<?>> RESULTS =
            Set.of(
                    Tensor.class,
                    Tensor[].class,
                    ValuesAndIndices.class,
                    Recurrences.Memories.class);

    /// Families' methods, and Tensor's static ones that take a tensor.
    private static Set<String> operations() {
        Stream<Method> families =
                Stream.of(Tensor.class.getInterfaces())
                        .flatMap(family -> Stream.of(family.getDeclaredMethods()))
                        .filter(m -> !Modifier.isStatic(m.getModifiers()));
        Stream<Method> joining =
                Stream.of(Tensor.class.getDeclaredMethods())
                        .filter(m -> Modifier.isStatic(m.getModifiers()))
                        .filter(m ->
                                Stream.of(m.getParameterTypes())
                                        .anyMatch(t -> t == Tensor.class || t == List.class));
        return Stream.concat(families, joining)
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .filter(m -> RESULTS.contains(m.getReturnType()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyPublicOperationHasALine() {
        Set<String> missing = operations();
        Catalogue.ALL.forEach(op -> missing.remove(op.method()));
        missing.removeAll(OutsideTheCatalogue.WITHOUT_DERIVATIVE);
        missing.removeAll(OutsideTheCatalogue.TESTED_ELSEWHERE);
        missing.removeIf(name -> name.endsWith("_")); // in place: InPlaceTest in src
        assertEquals(Set.of(), missing, "operations without a line in the catalogue");
    }

    @Test
    void everyExceptionIsNeeded() {
        Set<String> unknown = new TreeSet<>();
        unknown.addAll(OutsideTheCatalogue.WITHOUT_DERIVATIVE);
        unknown.addAll(OutsideTheCatalogue.TESTED_ELSEWHERE);
        unknown.removeAll(operations());
        assertEquals(Set.of(), unknown, "exceptions for operations that do not exist");
        Set<String> both = new TreeSet<>();
        Catalogue.ALL.stream()
                .map(Operation::method)
                .filter(m ->
                        OutsideTheCatalogue.WITHOUT_DERIVATIVE.contains(m)
                                || OutsideTheCatalogue.TESTED_ELSEWHERE.contains(m))
                .forEach(both::add);
        assertEquals(Set.of(), both, "exceptions for operations that have a line");
    }
}
