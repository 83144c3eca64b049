/// A class of the kernels: its package below `dev.lanegrad.kernels`, its name, the text of its file.
record Source(String pkg, String name, String text) {
    static final String ROOT = "dev/lanegrad/kernels/";

    String path() {
        return ROOT + pkg.replace('.', '/') + "/" + name + ".java";
    }
}
