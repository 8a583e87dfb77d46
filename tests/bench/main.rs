//! Benchmarks of the stations, each beside its floor.

fn main() {
    divan::main();
}
