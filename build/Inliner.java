import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Writes a formula out: a call of a static method of the package becomes that method's statements, and
/// so on to the bottom, until only calls of vector methods are left.
///
/// The compiler of the virtual machine will not do it. It stops inlining methods such as ours when the
/// graph has 18,000 nodes, which is after some 40 vector operations, and it never inlines one that it has
/// compiled before to more than 2,500 bytes, which happens to a formula before it happens to the loop
/// around it. From the first call that is left the vectors are objects on the heap: tanh took 5 to 40 ns an
/// element instead of 0.5. The vector methods themselves are exempt from both limits.
///
/// What it understands: methods of declarations, assignments, `if` without `else` and `while`, that end in
/// their only `return`; operands without side effects. Calls of `void` methods stay calls.
final class Inliner {
    private record Method(String owner, String text, CompilationUnitTree unit, MethodTree tree) {
        String result() {
            return tree.getReturnType().toString();
        }

        boolean isOfVectors() {
            return result().endsWith("Vector");
        }
    }

    private final Map<String, Method> methods = new HashMap<>();
    private final Map<String, String> imports = new HashMap<>();
    private final Set<String> fields = new HashSet<>();
    private final SourcePositions positions;
    private int inlined;

    /// @param sources the classes of one package
    /// @throws IllegalArgumentException if one of them is no Java
    Inliner(List<Source> sources) {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach(s -> files.add(new Text(s.name(), s.text())));
        var found = new DiagnosticCollector<JavaFileObject>();
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(null, null, found, List.of("-proc:none"), null, files);
        positions = Trees.instance(task).getSourcePositions();
        try {
            var units = task.parse();
            for (Diagnostic<? extends JavaFileObject> d : found.getDiagnostics()) {
                if (d.getKind() == Diagnostic.Kind.ERROR) {
                    throw new IllegalArgumentException(d.toString());
                }
            }
            for (CompilationUnitTree unit : units) {
                ClassTree type = (ClassTree) unit.getTypeDecls().getFirst();
                read(unit, type, type.getSimpleName().toString());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Of methods that share a name the one of vectors counts.
    private void read(CompilationUnitTree unit, ClassTree type, String owner) throws IOException {
        for (ImportTree i : unit.getImports()) {
            if (i.isStatic()) {
                String[] path = i.getQualifiedIdentifier().toString().split("\\.");
                imports.put(owner + "." + path[path.length - 1], path[path.length - 2]);
            }
        }
        String text = unit.getSourceFile().getCharContent(true).toString();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree m && m.getModifiers().getFlags().contains(Modifier.STATIC)) {
                methods.merge(
                        owner + "." + m.getName(),
                        new Method(owner, text, unit, m),
                        (one, other) -> one.isOfVectors() && !other.isOfVectors() ? one : other);
            } else if (member instanceof VariableTree v) {
                fields.add(owner + "." + v.getName());
            } else if (member instanceof ClassTree nested) {
                read(unit, nested, owner + "." + nested.getSimpleName());
            }
        }
    }

    /// The type of vectors that `owner.name` returns; null if there is no such method.
    String vectorOf(String owner, String name) {
        Method m = methods.get(owner + "." + name);
        return m != null && m.isOfVectors() ? m.result() : null;
    }

    /// Writes the statements of `owner.name(args)` to `out` and returns the expression of its value.
    String inline(String owner, String name, List<String> args, StringBuilder out) {
        Method m = methods.get(owner + "." + name);
        String mark = "_" + ++inlined;
        Map<String, String> names = new HashMap<>();
        Set<String> assigned = assigned(m);
        for (int i = 0; i < args.size(); i++) {
            VariableTree p = m.tree().getParameters().get(i);
            String parameter = p.getName().toString();
            if (args.get(i).matches("[-\\w.]+") && !assigned.contains(parameter)) {
                names.put(parameter, args.get(i));
            } else {
                names.put(parameter, parameter + mark);
                out.append(p.getType()).append(" ").append(parameter).append(mark);
                out.append(" = ").append(args.get(i)).append(";\n");
            }
        }
        return body(m, m.tree().getBody().getStatements(), names, mark, out);
    }

    /// Writes statements; the value of the `return` among them, or nothing.
    private String body(
            Method m, List<? extends StatementTree> body, Map<String, String> names, String mark, StringBuilder out) {
        for (StatementTree s : body) {
            if (s instanceof ReturnTree r) {
                if (r != m.tree().getBody().getStatements().getLast()) {
                    throw new IllegalStateException(m.owner() + "." + m.tree().getName() + ": return must come last");
                }
                return render(m, r.getExpression(), names, out);
            }
            if (s instanceof VariableTree v) {
                names.put(v.getName().toString(), v.getName() + mark);
            }
            if (s instanceof WhileLoopTree w) {
                out.append("while ").append(render(m, w.getCondition(), names, out)).append(" {\n");
                body(m, ((BlockTree) w.getStatement()).getStatements(), names, mark, out);
                out.append("}\n");
            } else if (s instanceof IfTree i) {
                out.append("if ").append(render(m, i.getCondition(), names, out)).append(" {\n");
                body(m, ((BlockTree) i.getThenStatement()).getStatements(), names, mark, out);
                out.append("}\n");
            } else {
                out.append(render(m, s, names, out).replaceAll(";$", "")).append(";\n");
            }
        }
        return "";
    }

    /// The text of a piece of m, with local names replaced and calls written out.
    private String render(Method m, Tree piece, Map<String, String> names, StringBuilder out) {
        record Change(int from, int to, String text) {}
        List<Change> changes = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree v, Void none) {
                super.visitVariable(v, none);
                // a declaration's own name is no tree: it stands before its initializer
                String head = m.text().substring(start(m, v), start(m, v.getInitializer()));
                int at = start(m, v) + head.lastIndexOf(v.getName().toString());
                changes.add(new Change(at, at + v.getName().length(), names.get(v.getName().toString())));
                return null;
            }

            @Override
            public Void visitIdentifier(IdentifierTree id, Void none) {
                String name = id.getName().toString();
                String field = m.owner() + "." + name;
                String text = names.getOrDefault(name, fields.contains(field) ? field : name);
                changes.add(new Change(start(m, id), end(m, id), text));
                return null;
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                Method callee = callee(m, call.getMethodSelect());
                if (callee == null) {
                    return super.visitMethodInvocation(call, none);
                }
                if (callee.result().equals("void")) {
                    String name = callee.owner() + "." + callee.tree().getName();
                    changes.add(new Change(start(m, call), end(m, call.getMethodSelect()), name));
                    return scan(call.getArguments(), none);
                }
                List<String> args = new ArrayList<>();
                for (ExpressionTree a : call.getArguments()) {
                    args.add(render(m, a, names, out));
                }
                String value = inline(callee.owner(), callee.tree().getName().toString(), args, out);
                changes.add(new Change(start(m, call), end(m, call), value));
                return null;
            }
        }.scan(piece, null);
        StringBuilder text = new StringBuilder(m.text().substring(start(m, piece), end(m, piece)));
        changes.sort((a, b) -> b.from() - a.from());
        for (Change c : changes) {
            text.replace(c.from() - start(m, piece), c.to() - start(m, piece), c.text());
        }
        return text.toString();
    }

    /// The method of this package that is called, null for another's.
    private Method callee(Method caller, ExpressionTree select) {
        if (select instanceof IdentifierTree id) {
            String name = id.getName().toString();
            String owner = imports.getOrDefault(caller.owner() + "." + name, caller.owner());
            return methods.get(owner + "." + name);
        }
        MemberSelectTree member = (MemberSelectTree) select;
        return methods.get(member.getExpression() + "." + member.getIdentifier());
    }

    private static Set<String> assigned(Method m) {
        Set<String> found = new HashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitAssignment(AssignmentTree a, Void none) {
                found.add(a.getVariable().toString());
                return super.visitAssignment(a, none);
            }
        }.scan(m.tree(), null);
        return found;
    }

    private int start(Method m, Tree t) {
        return (int) positions.getStartPosition(m.unit(), t);
    }

    private int end(Method m, Tree t) {
        return (int) positions.getEndPosition(m.unit(), t);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }
}
