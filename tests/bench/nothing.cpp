// The floor for one file: a program that links what cita links, and does nothing. CMakeLists.txt keeps the linker from
// leaving out libraries of which it uses nothing.
int main() { return 0; }
