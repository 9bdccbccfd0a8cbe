// The serial numbers of made-up certificates, for the program that writes them and for those that look them up.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace made {

// Numbers that look like chance, without any that comes before: each place of each certificate has its own.
inline std::uint64_t mixed(std::uint64_t number, std::uint64_t place) {
  std::uint64_t z = (number * 16 + place + 1) * 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

// The first octet is neither zero nor above 0x7F, so the number is its own shortest form.
inline std::array<std::uint64_t, 2> serial_of(std::uint64_t certificate) {
  constexpr std::uint64_t positive = 0x7FFFFFFFFFFFFFFFU, not_zero = 0x0100000000000000U;
  return {(mixed(certificate, 8) & positive) | not_zero, mixed(certificate, 9)};
}

inline std::string octets_of(const std::array<std::uint64_t, 2>& serial) {
  std::string out;
  for (const std::uint64_t half : serial)
    for (unsigned shift = 64; shift > 0; shift -= 8) out += static_cast<char>(half >> (shift - 8));
  return out;
}

}  // namespace made
