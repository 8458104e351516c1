using CrankMailer.Commands;

return await CrankCommands.RunAsync(args);
