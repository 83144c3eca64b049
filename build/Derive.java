import module java.base;

void main(String[] args) throws IOException {
    Files.createDirectories(Path.of(args[1]));
}
