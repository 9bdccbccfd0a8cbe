#include <cita/base/source.hpp>

#include <algorithm>

namespace cita {

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

const std::vector<std::uint32_t>& Source::starts() const {
  if (starts_.empty()) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const bool lone_return = text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n');
      if (text_[i] == '\n' || lone_return) starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
  return starts_;
}

Position Source::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto& lines = starts();
  const auto after = std::upper_bound(lines.begin(), lines.end(), offset);
  const auto line = static_cast<int>(after - lines.begin());
  int column = 1;
  for (std::size_t i = *(after - 1); i < offset; ++i)
    if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) ++column;
  return {line, column};
}

std::string_view Source::line(int number) const {
  const auto& lines = starts();
  if (number < 1 || static_cast<std::size_t>(number) > lines.size()) return {};
  const std::size_t begin = lines[static_cast<std::size_t>(number) - 1];
  const std::size_t end =
      static_cast<std::size_t>(number) < lines.size() ? lines[static_cast<std::size_t>(number)] : text_.size();
  std::string_view text = std::string_view(text_).substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::size_t Source::line_start(int number) const {
  const auto& lines = starts();
  if (number < 1) return 0;
  return static_cast<std::size_t>(number) <= lines.size() ? lines[static_cast<std::size_t>(number) - 1] : text_.size();
}

std::string_view Span::text() const {
  if (source == nullptr) return {};
  const std::string_view all = source->text();
  const std::size_t from = std::min<std::size_t>(begin, all.size());
  return all.substr(from, std::min<std::size_t>(end, all.size()) - from);
}

}  // namespace cita
