-- Neovim makes every change unasked; the server marks those that a person must see first.
local function name(uri) return vim.fn.fnamemodify(vim.uri_to_fname(uri), ':.') end

local function difference(change, encoding)
  if change.kind == 'rename' then
    return ('--- %s\n+++ %s\n'):format(name(change.oldUri), name(change.newUri))
  end
  local uri = change.textDocument.uri
  local buffer, scratch = vim.uri_to_bufnr(uri), vim.api.nvim_create_buf(false, true)
  vim.fn.bufload(buffer)
  local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  vim.api.nvim_buf_set_lines(scratch, 0, -1, false, before)
  vim.lsp.util.apply_text_edits(vim.deepcopy(change.edits), scratch, encoding)
  local after = vim.api.nvim_buf_get_lines(scratch, 0, -1, false)
  vim.api.nvim_buf_delete(scratch, { force = true })
  return ('--- %s\n%s'):format(name(uri), vim.diff(table.concat(before, '\n') .. '\n', table.concat(after, '\n') .. '\n'))
end

local function agreed(edit, encoding)
  local _, asked = vim.iter(edit.changeAnnotations or {}):find(function(_, each) return each.needsConfirmation end)
  local shown = asked and { asked.label, asked.description } or {}
  for _, change in ipairs(asked and edit.documentChanges or {}) do
    table.insert(shown, difference(change, encoding))
  end
  return not asked or vim.fn.confirm(table.concat(shown, '\n'), '&Change\n&Leave', 2) == 1
end

local function encoding_of(context) return vim.lsp.get_client_by_id(context.client_id).offset_encoding end

return {
  apply = function(_, given, context)
    local encoding = encoding_of(context)
    if not agreed(given.edit, encoding) then
      return { applied = false }
    end
    local applied, reason = pcall(vim.lsp.util.apply_workspace_edit, given.edit, encoding)
    return { applied = applied, failureReason = reason }
  end,
  rename = function(failure, edit, context)
    if agreed(edit or {}, encoding_of(context)) then
      vim.lsp.handlers['textDocument/rename'](failure, edit, context)
    end
  end,
}
