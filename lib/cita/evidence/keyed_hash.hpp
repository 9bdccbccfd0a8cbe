// A quick hash of short octet strings. Whoever knows the key can choose strings that collide.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cita::evidence {

using HashKey = std::array<std::uint64_t, 2>;
inline constexpr HashKey usual_hash_key{0x9E3779B97F4A7C15U, 0xC2B2AE3D27D4EB4FU};

inline std::uint64_t keyed_hash(std::string_view octets, const HashKey& key) {
  __extension__ using Wide = unsigned __int128;
  const auto folded = [](std::uint64_t a, std::uint64_t b) {
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  };
  const auto eight = [](const char* from) {
    std::uint64_t part = 0;
    std::memcpy(&part, from, sizeof part);
    return part;
  };
  std::uint64_t value = key[1] + octets.size();
  const char* at = octets.data();
  const char* const end = at + octets.size();
  if (octets.size() < 8) {
    std::uint64_t part = 0;
    for (; at != end; ++at) part = part << 8U | static_cast<unsigned char>(*at);
    return folded(folded(value ^ part, key[0]) ^ key[1], key[0]);
  }
  for (; end - at > 8; at += 8) value = folded(value ^ eight(at), key[0]);
  return folded(folded(value ^ eight(end - 8), key[0]) ^ key[1], key[0]);
}

}  // namespace cita::evidence
