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

/// The size of the value that begins so, with tag and length, as it claims; nothing where it is no DER.
inline std::optional<std::uint64_t> claimed_size(std::string_view beginning, std::size_t& header) {
  const auto byte = [&beginning](std::size_t i) { return static_cast<unsigned char>(beginning[i]); };
  // No structure that is read here has a tag of several octets.
  if (beginning.size() < 2 || (byte(0) & 0x1FU) == 0x1FU) return std::nullopt;
  std::uint64_t length = byte(1);
  header = 2;
  if (length >= 0x80U) {
    const std::size_t octets = length & 0x7FU;
    if (octets == 0 || octets > 4 || beginning.size() < 2 + octets) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < octets; ++i) length = length << 8U | byte(2 + i);
    header += octets;
    if (length < 0x80U || byte(2) == 0) return std::nullopt;
  }
  return header + length;
}

/// Takes the first value off; nothing, and `rest` as it was, where there is none or it is no DER.
inline std::optional<Value> take(std::string_view& rest) {
  std::size_t header = 0;
  const auto size = claimed_size(rest, header);
  if (!size || *size > rest.size()) return std::nullopt;
  const Value value{static_cast<std::uint8_t>(rest.front()), rest.substr(0, *size), rest.substr(header, *size - header)};
  rest.remove_prefix(*size);
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
