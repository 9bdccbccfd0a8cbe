// One DER value after another, in place: definite lengths in their shortest form, nothing that reaches beyond what holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cita::evidence {

namespace der {

inline constexpr std::uint8_t boolean = 0x01, integer = 0x02, bit_string = 0x03, octet_string = 0x04, object_identifier = 0x06,
                              enumerated = 0x0A, utc_time = 0x17, generalized_time = 0x18, sequence = 0x30;

struct Value {
  std::uint8_t tag = 0;
  std::string_view whole;  ///< with tag and length
  std::string_view content;
};

/// Takes the first value off; nothing, and `rest` as it was, where there is none or it is no DER.
inline std::optional<Value> take(std::string_view& rest) {
  const auto byte = [&rest](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  // No structure that is read here has a tag of several octets.
  if (rest.size() < 2 || (byte(0) & 0x1FU) == 0x1FU) return std::nullopt;
  std::size_t header = 2, length = byte(1);
  if (length >= 0x80U) {
    const std::size_t octets = length & 0x7FU;
    if (octets == 0 || octets > 4 || rest.size() < 2 + octets) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < octets; ++i) length = length << 8U | byte(2 + i);
    header += octets;
    if (length < 0x80U || byte(2) == 0) return std::nullopt;
  }
  if (length > rest.size() - header) return std::nullopt;
  const Value value{byte(0), rest.substr(0, header + length), rest.substr(header, length)};
  rest.remove_prefix(header + length);
  return value;
}

/// Takes the first value off if it has this tag.
inline std::optional<Value> take(std::string_view& rest, std::uint8_t tag) {
  const std::string_view before = rest;
  auto value = take(rest);
  if (value && value->tag == tag) return value;
  rest = before;
  return std::nullopt;
}

}  // namespace der

}  // namespace cita::evidence
