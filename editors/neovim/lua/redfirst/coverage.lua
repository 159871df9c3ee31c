-- Draws what the server measured, as signs of low priority.
local M = { ns = vim.api.nvim_create_namespace('redfirst.coverage'), shown = true, notes = {} }
-- Readable without colour; `?` behind a mark says that it is of another text.
local signs = { uncovered = '!', partial = '~', covered = '│' }

function M.draw(buffer)
  vim.api.nvim_buf_clear_namespace(buffer, M.ns, 0, -1)
  local note = M.shown and M.notes[vim.uri_from_bufnr(buffer)]
  local last = vim.api.nvim_buf_line_count(buffer) - 1
  for reach, sign in pairs(note and signs or {}) do
    local group = 'Redfirst' .. (note.stale and 'Stale' or reach:gsub('^%l', string.upper))
    local mark = { sign_text = sign .. (note.stale and '?' or ''), sign_hl_group = group, priority = 1 }
    for _, range in ipairs(note[reach]) do
      for line = range.start.line, math.min(range['end'].line, last) do
        vim.api.nvim_buf_set_extmark(buffer, M.ns, line, 0, mark)
      end
    end
  end
end

function M.draw_all()
  vim.iter(vim.api.nvim_list_bufs()):filter(vim.api.nvim_buf_is_loaded):each(M.draw)
end

function M.on_note(_, note, context)
  M.notes[note.uri] = vim.tbl_extend('error', note, { client = context.client_id })
  M.draw(vim.uri_to_bufnr(note.uri))
  vim.api.nvim_exec_autocmds('User', { pattern = 'RedfirstCoverage', data = note })
end

function M.toggle()
  M.shown = not M.shown
  M.draw_all()
end

-- What nobody watches any more may be wrong.
M.on_exit = vim.schedule_wrap(function(_, _, client)
  M.notes = vim.iter(M.notes):filter(function(_, note) return note.client ~= client end):fold({}, rawset)
  M.draw_all()
end)

return M
