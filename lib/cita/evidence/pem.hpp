// The first block of a kind in PEM text (RFC 7468), decoded as the text comes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cita::evidence {

std::string_view without_byte_order_mark(std::string_view text);
/// Whether a file that begins so is PEM.
bool begins_pem(std::string_view beginning);

class PemReader {
 public:
  /// "X509 CRL", "CERTIFICATE".
  explicit PemReader(std::string_view kind);
  PemReader(const PemReader&) = delete;
  PemReader& operator=(const PemReader&) = delete;
  ~PemReader();

  /// Appends what the next piece of text holds of the block. False: no more is wanted.
  bool read(std::string_view text, std::string& to);
  /// Says that the text has ended.
  void end() { read("\n", last_); }
  /// Whether the block was read to its end, and nothing in it was wrong.
  bool is_whole() const { return state_ == State::whole; }

 private:
  enum class State : std::uint8_t { before, inside, at_end, whole, broken };

  void read_line();
  void decode(std::string_view text, std::string& to);
  void finish(std::string& to);

  struct Decoder;
  std::string first_, end_mark_, line_, last_;
  State state_ = State::before;
  std::unique_ptr<Decoder> decoder_;
};

/// What the first block of a kind holds; nothing where there is none, or it is broken.
std::optional<std::string> from_pem(std::string_view text, std::string_view kind);

}  // namespace cita::evidence
