#include <cita/evidence/avx2.hpp>

#if defined(__x86_64__)

namespace cita::evidence::avx2 {

namespace {

constexpr Repeated repeat(char byte) {
  Repeated all{};
  for (char& each : all.bytes) each = byte;
  return all;
}

}  // namespace

const RepeatedBytes repeated{repeat('"'), repeat(','), repeat('\n'), repeat(' '),  repeat('~' - ' '), repeat('0'),
                             repeat(9),   repeat('a'), repeat(5),    repeat(0x20), repeat(0x0F)};

}  // namespace cita::evidence::avx2

#endif
